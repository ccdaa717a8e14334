import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screenView } from '../../source/console/views/screen-view.ts';
import { fetchLine, lookupLine } from '../../source/console/words/tenant-jobs.ts';
import { readAsked, readSubjects } from '../../source/console/words/fetch-asked.ts';
import { cellWidth } from '../../source/console/cells.ts';
import type { FetchProgress } from '../../source/domain/fetches/fetch-progress.ts';
import type { LookupProgress } from '../../source/domain/lookups/lookup-progress.ts';
import { startStory, type Story } from './console-story.ts';
import { misfits } from './frame-text.ts';
import { EMPTY_OVERVIEW, OVERVIEW } from './hand-made-case.ts';

const CLIENT = '7d3c1f80-0b6e-4c5d-9a51-c0ffee000001';
const KNOWN = {
  stated: { tenant: 'contoso.example', clientId: CLIENT, method: 'device-code' },
  unfinished: [],
  grown: { benign: 0, malicious: 0 },
};

/** A fetch under way, and what tells the console of it. */
const fetching = (story: Story, period: string | null = '2026-09-01 2026-09-20') => {
  story.press('f', 'n', 'enter');
  if (period !== null) {
    story.press('ctrl-u');
    story.type(period);
  }
  story.press('enter');
  const effect = story.effects().find((one) => one.effect === 'fetch');
  assert.equal(effect?.effect, 'fetch');
  const { job, request } = effect;
  return {
    job,
    request,
    code: () =>
      story.happen({
        event: 'fetch',
        job,
        jobEvent: {
          event: 'notice',
          notice: {
            notice: 'device-code',
            userCode: 'ABCD2EFGH',
            verificationUri: 'https://microsoft.com/devicelogin',
            expiresAt: '2026-09-26T08:15:00Z',
          },
        },
      }),
  };
};

test('f begins with the users and mailboxes of the row, or of what is selected', () => {
  const story = startStory();
  story.press('f', 'n');
  assert.match(story.line('footer'), /^fetch records of: g.jacobs@contoso.example_/);
  story.press('escape', 'j', 'j', 'j', 'j', 'space', 'g', 'space', 'f', 'n');
  const { dialog } = story.state();
  assert.equal(dialog?.dialog, 'prompt');
  assert.equal(
    dialog.text,
    'g.jacobs@contoso.example, finance@contoso.example, m.visser@contoso.example',
  );
});

test('the access window is the period that is offered, and what is known is not asked', () => {
  const window = { from: '2026-09-20T00:00:00Z', to: '2026-09-25T12:30:00Z' };
  const story = startStory(
    { columns: 80, rows: 24 },
    { overview: { ...OVERVIEW, window }, tenant: KNOWN },
  );
  const { request } = fetching(story, null);
  assert.deepEqual(request, {
    request: 'new',
    api: null,
    asked: { users: ['g.jacobs@contoso.example'], mailboxes: [], addresses: [], ...window },
  });
});

test('users, mailboxes and addresses are told apart, and what is none of them is refused', () => {
  assert.deepEqual(readSubjects(`anna@x.example, ${CLIENT} 203.0.113.9,[2001:db8::1]:443`), {
    users: ['anna@x.example', CLIENT],
    addresses: ['203.0.113.9', '2001:db8::1'],
  });
  assert.match(String(readSubjects('192.0.2.0/24')), /cannot be asked for a network/);
  assert.match(String(readSubjects('anna')), /"anna" is no user/);
  const now = Date.parse('2026-10-01T08:00:00Z');
  const none = { users: [], addresses: [] };
  assert.deepEqual(readAsked('- -', none, now), {
    ...{ users: [], mailboxes: [], addresses: [] },
    ...{ from: '2026-04-04T08:00:00Z', to: '2026-10-01T08:00:00Z' },
  });
  assert.match(String(readAsked('2026-10-02 -', none, now)), /lies in the future/);
});

test('the code stays in sight at every size, and y copies it', () => {
  for (const size of [
    { columns: 60, rows: 15 },
    { columns: 80, rows: 24 },
    { columns: 160, rows: 48 },
  ]) {
    const story = startStory(size, { tenant: KNOWN });
    fetching(story).code();
    assert.match(story.frame(), /https:\/\/microsoft\.com\/devicelogin/);
    assert.match(story.frame(), /enter the code\s+ABCD2EFGH/);
    assert.deepEqual(misfits(screenView(story.state())), []);
    story.press('j', 'y');
    assert.deepEqual(story.effects(), [
      { effect: 'copy', what: 'sign-in code', text: 'ABCD2EFGH' },
    ]);
    story.press('escape');
    assert.match(story.line('footer'), /^Give the sign-in up\?/);
  }
});

test('while a fetch runs, all other keys do what they do, and leaving asks', () => {
  const story = startStory({ columns: 80, rows: 24 }, { tenant: KNOWN });
  fetching(story);
  story.press('f');
  assert.match(story.line('status'), /a fetch is running/);
  story.press('m');
  assert.equal(story.effects()[0]?.effect, 'mark');
  story.press('e', 'escape', 'o');
  assert.match(story.line('footer'), /^import/);
  story.press('escape', 'q');
  assert.match(story.line('footer'), /^A fetch, to be resumed later, is running/);
  story.press('y');
  assert.deepEqual(
    story.effects().map(({ effect }) => effect),
    ['cancel-job', 'leave'],
  );
});

test('a secret that is typed leaves the console at once, key by key', () => {
  const story = startStory({ columns: 80, rows: 24 }, { tenant: KNOWN });
  const { job } = fetching(story);
  story.happen({ event: 'secret-asked', job, question: 'Client secret: ' });
  story.press('q', 'space', 'backspace');
  story.happen({ event: 'paste', text: 'uick\nsecond line' });
  assert.doesNotMatch(JSON.stringify(story.state()), /uick|second/);
  story.press('enter');
  assert.deepEqual(story.effects(), [
    { effect: 'secret-typed', text: 'q' },
    { effect: 'secret-typed', text: ' ' },
    { effect: 'secret-erased', all: false },
    { effect: 'secret-typed', text: 'uick' },
    { effect: 'secret-taken', job },
  ]);
});

test('a running fetch is told in whatever room there is', () => {
  const progress: FetchProgress = {
    id: 'abcd',
    step: 'waiting',
    since: '2026-09-26T08:12:10Z',
    status: 'running',
    queries: { done: 1, all: 3 },
    pages: 12,
    records: 1204,
    wait: { why: 'poll', until: '2026-09-26T08:14:30Z' },
  };
  for (let room = 20; room < 140; room += 1)
    assert.ok(cellWidth(fetchLine(progress, room)) <= room);
  assert.equal(
    fetchLine(progress, 72),
    'fetch running since 08:12, 12 pages, 1,204 records, next look 08:14:30',
  );
});

test('a lookup that waits says what for and until when, in whatever room there is', () => {
  const progress: LookupProgress = {
    step: 'asking',
    since: '2026-09-26T08:12:10Z',
    service: 'messageTrace',
    messages: { done: 120, all: 1214 },
    pages: 90,
    rows: 4800,
    wait: { why: 'pace', until: '2026-09-26T08:14:30Z', milliseconds: 90_000, after: null },
  };
  for (let room = 24; room < 140; room += 1)
    assert.ok(cellWidth(lookupLine(progress, room)) <= room);
  assert.equal(
    lookupLine(progress, 72),
    "metadata 120 of 1,214, waits for the tenant's limit until 08:14:30",
  );
  assert.equal(lookupLine(progress, 40), 'metadata 120 of 1,214, next 08:14:30');
  const until = '2026-09-27T02:00:00Z';
  const day = { why: 'throttled', until, milliseconds: 64_800_000, after: 'HTTP 429' } as const;
  assert.equal(
    lookupLine({ ...progress, wait: day }, 72),
    'metadata 120 of 1,214, tenant asks to wait until 2026-09-27 02:00:00',
  );
});

test('t says why it can do nothing', () => {
  const empty = startStory({ columns: 80, rows: 24 }, { overview: EMPTY_OVERVIEW, sessions: [] });
  empty.press('t');
  assert.equal(empty.line('status'), 'there are no messages here to look up');
  const story = startStory({ columns: 80, rows: 24 }, { tenant: KNOWN });
  story.press('T');
  assert.equal(story.line('status'), 'Reading in mailboxes leaves audit records of its own.');
  assert.equal(story.line('footer'), 'Look there too?  y yes  n no');
  story.press('y');
  assert.deepEqual(
    story.effects().map(({ effect }) => effect),
    ['lookup', 'want-messages'],
  );
  story.press('T');
  assert.match(story.line('status'), /lookups are under way, in the mailboxes too/);
});
