import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { JsonObject } from '../../source/domain/json.ts';
import type { Case } from '../../source/case/case.ts';
import { openCaseClient } from '../../source/case/case-client.ts';
import { digestOf, importInto, sourcesIn } from '../import/temporary-case.ts';
import { bind, INTRUDER } from './made-records.ts';
import { caseOf, caseOn, flawsIn, rebuilt } from './on-case.ts';

const TOKEN = 'vNB0GVLcq0SFLhthtzWAAA';
const REQUEST = '1974d0bc-dc52-44ab-852e-1b61b7358000';
const CLIENT = '9ac41f00-1111-4222-8333-444455556666';

const RECORDS = [
  bind({ id: 1, session: 'aad-one', address: INTRUDER }),
  bind({
    id: 2,
    session: null,
    over: { AppAccessContext: { UniqueTokenId: TOKEN, ClientAppId: CLIENT } },
  }),
  bind({ id: 3, session: 'exchange-only', address: INTRUDER, over: { ClientAppId: CLIENT } }),
  bind({ id: 4, session: 'nothing-known', address: '192.0.2.8' }),
];

const entry = (over: JsonObject): JsonObject => ({
  createdDateTime: '2026-09-14T08:00:00Z',
  userPrincipalName: 'vera@contoso.example',
  appId: CLIENT,
  ipAddress: INTRUDER,
  isInteractive: true,
  status: { errorCode: 0 },
  location: { city: 'Lagos', countryOrRegion: 'NG' },
  ...over,
});

const BETA = [
  entry({ id: 'by-session', sessionId: 'aad-one', riskLevelDuringSignIn: 'high' }),
  entry({ id: 'by-token', uniqueTokenIdentifier: TOKEN, userPrincipalName: 'renamed@x' }),
  entry({ id: 'no-ids' }),
  entry({ id: 'nobody', userPrincipalName: 'other@contoso.example', sessionId: 'not-here' }),
];
/** What v1.0 and the portal of a tenant without beta say: neither session nor token. */
const V1 = [entry({ id: REQUEST, userPrincipalName: 'renamed@x' })];

const caseWith = async (t: TestContext, ...files: readonly (readonly JsonObject[])[]) => {
  const made = await caseOf(t, RECORDS);
  const paths = files.map((entries, at) => {
    const path = join(made.files, `sign-ins-${at}.json`);
    writeFileSync(path, JSON.stringify({ value: entries }));
    return path;
  });
  const events = await importInto(made.folder, paths);
  return { ...made, events, signInPaths: paths };
};

/** By session id, or the address of a derived session: the ids of its sign-ins and how each was joined. */
const joinedIn = (theCase: Case): Record<string, readonly (readonly string[])[]> =>
  Object.fromEntries(
    [...theCase.sessions({})].map((session) => [
      session.sessionId ?? 'derived',
      session.signIns.map(({ by, signIn }) => [signIn.id, by]),
    ]),
  );

describe('sign-ins of a case', () => {
  it('are joined to sessions by session id, by token id, and only else as likely', async (t) => {
    const { folder, events } = await caseWith(t, BETA);
    const [source] = sourcesIn(events);
    assert.deepEqual(
      [source?.kind, source?.format, source?.rows, source?.accepted],
      ['signIns', 'graph-sign-ins', 4, 4],
    );
    assert.deepEqual(joinedIn(caseOn(t, folder)), {
      'aad-one': [['by-session', 'sessionId']],
      derived: [['by-token', 'tokenId']],
      'exchange-only': [['no-ids', 'likely']],
      'nothing-known': [],
    });
  });

  it('are joined by what follows from the request id where the log names no token', async (t) => {
    const { folder } = await caseWith(t, V1);
    assert.deepEqual(joinedIn(caseOn(t, folder)).derived, [[REQUEST, 'requestId']]);
  });

  it('said once and again add up: duplicates by file, and a contradiction is shown', async (t) => {
    const { folder, files } = await caseWith(t, BETA);
    const again = join(files, 'again.json');
    const { sessionId: _, ...poorer } = BETA[0] ?? {};
    const other = { ...BETA[1], ipAddress: '192.0.2.200' };
    writeFileSync(
      again,
      JSON.stringify([poorer, other, { createdDateTime: 'x', ipAddress: '', appId: '' }]),
    );
    await importInto(folder, [again]);
    const theCase = caseOn(t, folder);
    const both = theCase.sources().filter(({ kind }) => kind === 'signIns');
    const sum = (of: 'rows' | 'accepted' | 'duplicates' | 'conflicts' | 'damaged') =>
      both.reduce((total, source) => total + source[of], 0);
    assert.deepEqual(
      [sum('rows'), sum('accepted'), sum('duplicates'), sum('conflicts'), sum('damaged')],
      [7, 4, 1, 1, 1],
    );
    assert.deepEqual(joinedIn(theCase)['aad-one'], [['by-session', 'sessionId']]);
  });

  it('go when their source is withdrawn, and come back with what also says them', async (t) => {
    const { folder } = await caseWith(t, BETA, [...BETA.slice(0, 1), ...V1]);
    const theCase = caseOn(t, folder);
    const [, first, second] = theCase.sources();
    theCase.withdraw(first?.id ?? '', null);
    assert.deepEqual(joinedIn(theCase)['aad-one'], [['by-session', 'sessionId']]);
    assert.deepEqual(joinedIn(theCase).derived, [[REQUEST, 'requestId']]);
    const left = theCase.sources().find(({ id }) => id === second?.id);
    assert.deepEqual([left?.accepted, left?.duplicates], [2, 0]);
    assert.deepEqual(await flawsIn(theCase), []);
    theCase.withdraw(second?.id ?? '', null);
    assert.deepEqual(joinedIn(theCase)['aad-one'], []);
  });

  it('are made again by rebuild from the evidence alone', async (t) => {
    const { folder } = await caseWith(t, BETA, V1);
    const before = digestOf(folder);
    const joined = joinedIn(caseOn(t, folder));
    assert.equal(await rebuilt(folder), 'finished');
    assert.equal(digestOf(folder), before);
    const theCase = caseOn(t, folder);
    assert.deepEqual(joinedIn(theCase), joined);
    assert.deepEqual(await flawsIn(theCase), []);
  });
});

describe('a search for sessions', () => {
  const found = async (t: TestContext, ...searches: readonly string[]) => {
    const { folder, files } = await caseWith(t, [
      entry({
        ...{
          id: 'one',
          sessionId: 'aad-one',
          appDisplayName: 'Thunderbird',
          clientAppUsed: 'IMAP4',
        },
        ...{ autonomousSystemNumber: 64500, ipAddress: '198.51.100.77' },
        deviceDetail: {
          displayName: 'LAPTOP-77',
          operatingSystem: 'Windows10',
          browser: 'Edge 128',
        },
      }),
      entry({ id: 'two', location: { city: 'Réunion', countryOrRegion: 'RE' } }),
    ]);
    const client = await openCaseClient({ folder, analyst: 'tester' });
    t.after(() => client.close());
    const idsFor = async (search: string): Promise<readonly (string | null)[]> => {
      const { rows } = await client.sessions.page({ filter: {}, sort: 'lastSeen', search }, 0, 10);
      return rows.map(({ sessionId }) => sessionId).sort();
    };
    const before: (readonly (string | null)[])[] = [];
    for (const search of searches) before.push(await idsFor(search));
    return { before, idsFor, folder, files };
  };

  it('looks into the sign-ins joined to them: application, device, network, place, address', async (t) => {
    const one = ['thunderbird', 'imap4', 'laptop-77', 'windows10', 'edge', 'as64500', 'lagos'];
    const { before } = await found(t, ...one, '198.51.100.77', 'lagos aad-one', 'reunion', 'paris');
    for (const ids of before.slice(0, -2)) assert.deepEqual(ids, ['aad-one']);
    assert.deepEqual(before.at(-2), ['exchange-only'], 'likely ones too, as its details show them');
    assert.deepEqual(before.at(-1), []);
  });

  it('follows what is imported and withdrawn', async (t) => {
    const { before, idsFor, folder, files } = await found(t, 'nothing-known', 'atlantis');
    assert.deepEqual(before, [['nothing-known'], []]);
    const later = join(files, 'later.json');
    const place = { city: 'Atlantis', countryOrRegion: 'XX' };
    writeFileSync(
      later,
      JSON.stringify([entry({ id: 'three', sessionId: 'nothing-known', location: place })]),
    );
    const [source] = sourcesIn(await importInto(folder, [later]));
    assert.deepEqual(await idsFor('atlantis'), ['nothing-known']);
    caseOn(t, folder).withdraw(source?.id ?? '', null);
    assert.deepEqual(await idsFor('atlantis'), []);
  });
});
