import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readIndicators } from '../../source/case/indicators.ts';
import { indicatorsSchema } from '../../source/exports/documents/indicators.ts';
import { bind, INTRUDER } from '../case/made-records.ts';
import { assertValid } from '../exports/validator.ts';
import { type World, world } from './run-mia.ts';

const APP = 'ff8d92dc-3d82-41d6-bcbd-b9174d163620';
const PROXY = '20.190.160.14';

const AUDIT = [
  bind({ id: 1, session: 'first', address: INTRUDER, messages: ['a', 'b'] }),
  bind({ id: 2, session: 'second', address: '203.0.113.99', messages: ['c'] }),
  bind({ id: 3, session: 'app', messages: ['d'], over: { ClientAppId: APP.toUpperCase() } }),
  bind({
    ...{ id: 4, session: 'token', messages: ['e'] },
    over: { AppAccessContext: { UniqueTokenId: 'Tok-1', AADSessionId: 'other-id' } },
  }),
  bind({ id: 5, session: 'proxy', address: PROXY, messages: ['f'] }),
  bind({
    id: 6,
    session: 'client',
    messages: ['g'],
    over: { ClientInfoString: 'Client=Rclone;X' },
  }),
  bind({ id: 7, session: 'owner', messages: ['h'] }),
];

const imported = async (here: World): Promise<void> => {
  const text = AUDIT.map((one) => `${JSON.stringify(one)}\n`).join('');
  assert.equal((await here.mia('import', here.file('log.jsonl', text))).code, 0);
};

const met = async (here: World, text: string, ...flags: readonly string[]) => {
  const { stdout, stderr, code } = await here.mia(
    'indicators',
    here.file('list.txt', text),
    '--json',
    ...flags,
  );
  const document = JSON.parse(stdout);
  assertValid(indicatorsSchema, document);
  return { document, stderr, code };
};

const shown = ({ document }: Awaited<ReturnType<typeof met>>) =>
  document.indicators.map((one: { indicator: string; by: string[]; sessions: number }) => [
    one.indicator,
    one.by.join(),
    one.sessions,
  ]);

test('each kind of indicator meets what it names, and one that meets nothing is listed too', async (t) => {
  const here = world(t);
  await imported(here);
  const found = await met(
    here,
    [INTRUDER, '203.0.113.0/24', 'FIRST', 'tok-1', 'other-id', APP, 'rclone', '192.0.2.200'].join(
      '\n',
    ),
  );
  assert.equal(found.code, 0);
  assert.deepEqual(shown(found), [
    [INTRUDER, 'address', 1],
    ['203.0.113.0/24', 'address', 2],
    ['FIRST', 'session', 1],
    ['tok-1', 'token', 1],
    ['other-id', 'session', 1],
    [APP, 'application', 1],
    ['rclone', 'client', 1],
    ['192.0.2.200', '', 0],
  ]);
});

test('a network does not meet the proxies of the service, their exact address does', async (t) => {
  const here = world(t);
  await imported(here);
  assert.deepEqual(shown(await met(here, `20.190.0.0/16\n${PROXY}\n`)), [
    ['20.190.0.0/16', '', 0],
    [PROXY, 'address', 1],
  ]);
});

test('--malicious judges what is open and met, once; what is judged stays as it is', async (t) => {
  const here = world(t);
  await imported(here);
  await here.mia('mark', 'second', '--benign');
  const looked = await met(here, '203.0.113.0/24');
  assert.equal(looked.document.marked, null);
  assert.deepEqual(looked.document.indicators[0].contexts, { malicious: 0, benign: 1, open: 1 });
  const marked = await met(here, '203.0.113.0/24', '--malicious', '--because', 'of the CERT');
  assert.equal(marked.document.marked.contexts, 1);
  const after = await met(here, '203.0.113.0/24', '--malicious');
  assert.equal(after.document.marked, null, 'nothing is open any more');
  assert.deepEqual(after.document.indicators[0].contexts, { malicious: 1, benign: 1, open: 0 });
  const [decision] = JSON.parse((await here.mia('export')).stdout).decisions.slice(-1);
  assert.equal(decision.reason, 'of the CERT');
});

test('lines that can be no indicator are said by number, exit 3; the others count', async (t) => {
  const here = world(t);
  await imported(here);
  const found = await met(here, `# a list\nab\n10.0.0.0/99\n${INTRUDER}, seen at night\n`);
  assert.equal(found.code, 3);
  assert.match(found.stderr, /line 2: "ab" is too short/);
  assert.match(found.stderr, /line 3: .*number after the "\/"/);
  assert.equal(found.document.indicators[0].note, 'seen at night');
});

test('wrong usage and files that are not there are said', async (t) => {
  const here = world(t);
  assert.equal((await here.mia('indicators')).code, 2);
  assert.equal((await here.mia('indicators', 'x', '--because', 'y')).code, 2);
  await imported(here);
  const { code, stderr } = await here.mia('indicators', '/nowhere/list.txt');
  assert.equal(code, 1);
  assert.match(stderr, /one indicator a line/);
});

test('what the table shows of a hostile list is harmless', async (t) => {
  const here = world(t);
  await imported(here);
  const list = here.file('list.txt', '"\u001b[31mevil",\u001b]0;title\u0007\n');
  const { stdout, stderr } = await here.mia('indicators', list);
  assert.ok(!`${stdout}${stderr}`.includes('\u001b'));
});

const READ: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
  [
    'bare lines',
    '203.0.113.9\nrclone',
    [
      ['203.0.113.9', ''],
      ['rclone', ''],
    ],
  ],
  [
    'a note after a comma or a tab',
    'abcd,why\nefgh\tbecause',
    [
      ['abcd', 'why'],
      ['efgh', 'because'],
    ],
  ],
  [
    'a client string holds semicolons',
    'Client=OWA;Action=ViaProxy,web',
    [['Client=OWA;Action=ViaProxy', 'web']],
  ],
  ['quotes keep commas', '"like Gecko, like Chrome",ua', [['like Gecko, like Chrome', 'ua']]],
  [
    'CSV with a header, in any order',
    '\ufeffType,Comment,Indicator\nip,bad,203.0.113.9',
    [['203.0.113.9', 'bad']],
  ],
  ['a header with semicolons', 'ioc;note\n203.0.113.9;x', [['203.0.113.9', 'x']]],
  ['what keeps it from being clicked is undone', '203[.]0[.]113(.)9', [['203.0.113.9', '']]],
  ['the same twice is one', 'rclone,first\nRCLONE,second', [['rclone', 'first']]],
  [
    'line ends of Windows',
    'abcd\r\nefgh\r\n',
    [
      ['abcd', ''],
      ['efgh', ''],
    ],
  ],
  ['nothing', '', []],
];

for (const [name, text, expected] of READ)
  test(`indicators are read: ${name}`, () => {
    const { indicators, problems } = readIndicators(text);
    assert.deepEqual(
      indicators.map((one) => [one.text, one.note]),
      expected,
    );
    assert.deepEqual(problems, []);
  });
