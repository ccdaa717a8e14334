import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFlags, readCommandLine } from '../../source/commands/command-line.ts';
import { sessions } from '../../source/commands/sessions.ts';
import { UsageError } from '../../source/commands/usage-error.ts';

const read = (...argv: readonly string[]) => readCommandLine(argv, '0.1.0');

test('flags before and after the command mean the same', () => {
  assert.deepEqual(
    read('--case', 'x', 'sessions', '--json'),
    read('sessions', '--json', '--case', 'x'),
  );
});

test('what is not given is absent, what is given is as typed', () => {
  const { input, flags } = read(
    'messages',
    '--session',
    'a',
    '--session',
    '0012',
    '--user',
    '-5',
    '-',
  );
  assert.deepEqual(input, ['messages', '-']);
  assert.deepEqual(flags, {
    texts: {},
    switches: {},
    lists: { session: ['a', '0012'], user: ['-5'] },
  });
});

test('--no-keep turns keeping off, -h is --help', () => {
  assert.equal(read('import', 'x', '--no-keep').flags.switches.keep, false);
  assert.equal(read('-h').flags.switches.help, true);
});

test('what follows -- is never a flag', () => {
  assert.deepEqual(read('import', '--', '--odd-name.csv').input, ['import', '--odd-name.csv']);
});

const wrong: readonly (readonly [argv: readonly string[], message: RegExp, hint: RegExp])[] = [
  [['sessions', '--user'], /--user needs a value/, /--user NAME/],
  [['sessions', '--user='], /--user needs a value/, /--user NAME/],
  [['sessions', '--user', '--json'], /--user needs a value/, /--user NAME/],
  [['sessions', '--no-user'], /--user needs a value/, /--user NAME/],
  [['messages', '--session'], /--session needs a value/, /--session KEY/],
  [['messages', '--session', 'a', '--session', '--json'], /--session needs a value/, /KEY/],
  [['sessions', '--since', 'a', '--since', 'b'], /only be set once/, /once/],
  [['sessions', '--user', ' '], /--user needs a value/, /--user NAME/],
  [['sessions', '--mailbox', 'a', '--mailbox='], /--mailbox needs a value/, /--mailbox OWNER/],
  [['sessions', '--verdikt', 'x'], /no flag --verdikt/, /--verdict/],
  [['sessions', '--zzz'], /no flag --zzz/, /--help/],
  [['sessions', '-x'], /no flag -x/, /--help/],
  [['sessions', '--constructor'], /no flag --constructor/, /--help/],
  [['sessions', '--verdict', 'guilty'], /"guilty"/, /malicious, benign, mixed, undecided/],
  [['messages', '--class', 'read'], /"read"/, /confirmed/],
];

for (const [argv, message, hint] of wrong)
  test(`wrong usage: ${argv.join(' ')}`, () => {
    assert.throws(
      () => read(...argv),
      (error: unknown) =>
        error instanceof UsageError && message.test(error.message) && hint.test(error.hint),
    );
  });

test('a flag of another command is wrong here, so that no filter is ignored', () => {
  assert.throws(() => checkFlags(sessions, read('sessions', '--class', 'open').flags), UsageError);
  checkFlags(sessions, read('sessions', '--ip', '10.0.0.1', '--case', 'x').flags);
});
