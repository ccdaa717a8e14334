import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startStory, type Story } from './console-story.ts';
import { EMPTY_OVERVIEW, OVERVIEW, sessionsFor, SESSIONS } from './hand-made-case.ts';

const opening = (): Story => startStory(undefined, { answering: false });

const tellOverview = (story: Story): void => {
  const { overviewAsked } = story.state();
  assert.ok(overviewAsked !== null);
  story.happen({ event: 'overview', number: overviewAsked, overview: story.world.overview });
};

const tellSessions = (story: Story): void => {
  const { sessions } = story.state();
  assert.ok(sessions.asked !== null);
  const { number, query } = sessions.asked;
  const all = sessionsFor(story.world.sessions, query);
  story.happen({
    event: 'sessions',
    number,
    key: null,
    position: null,
    page: { version: 1, total: all.length, sessions: all.length, from: 0, rows: all.slice(0, 50) },
  });
};

/** What the case says first, in the order that the story asked for it. */
const open = (story: Story): void => {
  story.answering = true;
  tellOverview(story);
  tellSessions(story);
};

test('keys typed while the case is being opened wait, and are done in their order then', () => {
  const story = opening();
  story.press('/');
  story.type('visser');
  story.press('enter', 'j', 'enter', 'j');
  assert.match(story.line('status'), /^opening the case: 11 keys wait; Ctrl-C leaves$/);
  open(story);
  const state = story.state();
  assert.equal(state.sessionSearch, 'visser');
  assert.equal(state.sessions.cursor, 1);
  const [level] = state.opened;
  assert.equal(level?.level === 'contexts' ? level.position.index : null, 1);
  assert.deepEqual(state.waitingKeys, []);

  const plain = startStory();
  plain.press('/');
  plain.type('visser');
  plain.press('enter', 'j', 'enter', 'j');
  assert.equal(story.frame(), plain.frame(), 'as if they had been typed afterwards');
});

test('a key after another waits for the row that the first one leads to', () => {
  const story = opening();
  story.press('G', 'enter');
  open(story);
  const [level] = story.state().opened;
  assert.equal(level?.level === 'contexts' ? level.session.key : null, SESSIONS.at(-1)?.key);
});

test('nothing is decided about a row that was not there to see, nor what was typed behind it', () => {
  for (const [key, behind] of [
    ['m', ''],
    ['b', ' and 2 keys behind it'],
    ['z', ' and 1 key behind it'],
  ] as const) {
    const story = opening();
    story.press('j', key, ...(key === 'm' ? [] : key === 'b' ? ['j', 'n'] : ['j']));
    open(story);
    assert.equal(story.state().sessions.cursor, 1, 'what stood before it is done');
    assert.equal(story.state().dialog, null);
    assert.ok(
      story.line('status').startsWith(`${key}${behind} w`),
      `${key}: ${story.line('status')}`,
    );
    assert.match(story.line('status'), /not done: typed while opening/);
    assert.deepEqual(
      story.effects().filter(({ effect }) => effect !== 'ask-tenant'),
      [],
    );
  }
});

test('rows that can be seen are judged although the figures are still to come', () => {
  const story = opening();
  tellSessions(story);
  assert.match(story.frame(), /Sessions 66/);
  story.press('j', 'm');
  const marks = story.effects().filter(({ effect }) => effect === 'mark');
  assert.equal(marks.length, 1);
  assert.ok(marks[0]?.effect === 'mark');
  assert.deepEqual(marks[0].request.sessions, [SESSIONS[1]?.key]);
  story.press('W', 'm');
  assert.match(
    story.line('status'),
    /^opening the case: 2 keys wait/,
    'what needs the figures waits',
  );
});

test('the same letters within a line are text, and a paste waits with them', () => {
  const story = opening();
  story.press('n');
  story.type('mb');
  story.happen({ event: 'paste', text: ' uz' });
  story.press('enter');
  open(story);
  assert.equal(story.state().reason, 'mb uz');
});

test('a search of the whole case waits for what it finds', () => {
  const early = opening();
  early.press('K');
  early.type('Wire');
  early.press('enter');
  open(early);
  const late = startStory();
  late.press('K');
  late.type('Wire');
  late.press('enter');
  assert.equal(early.frame(), late.frame());
  assert.match(early.frame(), /Message, details/);
});

test('Ctrl-C leaves at once, whatever waits', () => {
  const story = opening();
  story.press('j', 'ctrl-c');
  assert.equal(story.state().left, true);
});

test('a case that cannot be opened keeps nobody waiting', () => {
  const story = opening();
  story.press('j', 'W');
  const { overviewAsked, sessions } = story.state();
  assert.ok(overviewAsked !== null && sessions.asked !== null);
  const problem = 'The disk is gone. Mount it.';
  story.happen({ event: 'unanswered', number: overviewAsked, problem });
  story.happen({ event: 'unanswered', number: sessions.asked.number, problem });
  assert.deepEqual(story.state().waitingKeys, []);
  story.press('W');
  assert.equal(story.state().status?.text, 'the case is not open yet');
});

test('an empty case opens, too', () => {
  const story = startStory(undefined, { answering: false, overview: EMPTY_OVERVIEW, sessions: [] });
  story.press('o');
  open(story);
  assert.match(story.line('footer'), /^import /);
});

test('a session that is being opened is said to be, and nothing is judged in it', () => {
  const story = startStory();
  story.answering = false;
  story.press('enter');
  for (const key of ['m', 'space', 'enter']) {
    story.press(key);
    assert.match(story.line('status'), /the session is being opened/, key);
  }
  assert.deepEqual(
    story.effects().filter(({ effect }) => effect === 'mark'),
    [],
  );
});

test('while it opens nothing is called empty', () => {
  const story = opening();
  assert.match(story.frame(), /opening the case/);
  assert.doesNotMatch(story.frame(), /no records|No session/);
  story.world.overview = OVERVIEW;
  open(story);
  assert.match(story.frame(), /Sessions 66/);
});
