import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RAW, startStory } from './console-story.ts';

test('session, contexts, records, raw; and Esc back to exactly where one was', () => {
  const story = startStory();
  story.press('G', 'k', 'k');
  const atSession = story.frame();
  story.press('enter', 'j');
  const atContext = story.frame();
  assert.match(atContext, /Messages of 1 context, 6 \+ 1 without id,/);
  story.press('enter', 'j', 'j', 'j');
  const atRecord = story.frame();
  assert.match(atRecord, /Records of m.visser@contoso.example from 77.174.28.9, 40/);
  story.press('enter');
  assert.match(story.frame(), /line 1,234 of AuditRecords.csv, SHA-256 abababab/);
  assert.match(story.frame(), /CONTRADICTED by again.csv, line 7/);
  story.press('escape');
  assert.equal(story.frame(), atRecord);
  story.press('escape');
  assert.equal(story.frame(), atContext);
  story.press('escape');
  assert.equal(story.frame(), atSession);
});

test('the raw record is one key away from a message, and y copies it byte for byte', () => {
  const story = startStory();
  story.press('tab', 'j');
  const before = story.frame();
  story.press('r', 'y');
  assert.deepEqual(story.effects(), [{ effect: 'copy', text: RAW.text, what: 'raw record' }]);
  story.press('y');
  assert.ok(story.frame().startsWith(`${RAW.text}\n`), 'the second press shows the text alone');
  story.press('escape', 'escape');
  assert.equal(story.frame(), before);
});

test('control characters are not copied', () => {
  const story = startStory();
  story.press('tab', 'r');
  const level = story.state().opened[0];
  assert.equal(level?.level, 'raw');
  story.happen({ event: 'resize', size: { columns: 80, rows: 24 } });
  story.press('escape', 'y');
  const [copied] = story.effects();
  assert.deepEqual(copied, { effect: 'copy', text: 'm1@fabrikam.example', what: 'message id' });
});

test('Y copies the status in two sentences', () => {
  const story = startStory();
  story.press('Y');
  const [copied] = story.effects();
  assert.equal(copied?.effect, 'copy');
  const sentences = copied.text.split(/\. (?=[A-Z])/);
  assert.equal(sentences.length, 2);
  assert.match(copied.text, /214 \+ 1 without id messages recorded in contexts judged malicious/);
  assert.match(copied.text, /1,833 \+ 1 without id named by the log and not judged benign/);
  assert.match(copied.text, /the log cannot state a maximum/);
  assert.match(copied.text, /1 mailbox presumed whole/);
  assert.match(copied.text, /2 damaged rows/);
  assert.doesNotMatch(copied.text, /\bread\b/);
});

test('w shows the messages of everything malicious, and of the session again', () => {
  const story = startStory();
  story.press('w');
  assert.match(story.frame(), /Messages of all malicious contexts, 6 \+ 1 without id,/);
  story.press('w');
  assert.match(story.frame(), /Messages of 1 session, 213 \+ 1 without id/);
});

test('hostile text of a subject reaches no frame', () => {
  const story = startStory();
  assert.doesNotMatch(story.frame().replaceAll('\n', ''), /\p{C}/u);
  story.press('tab', 'j', 'j', 'j', 'j', 'j', 'i');
  assert.match(story.frame(), /\\x1b\[2J\\u202egnp\.exe/);
});

test('details stand beside the list and follow its cursor', () => {
  const story = startStory();
  story.press('i');
  assert.match(story.frame(), /Session, details/);
  assert.match(story.frame(), /session id {3}00000000-aaaa-bbbb-cccc-000000000s01/);
  story.press('j', 'j', 'j');
  assert.match(story.frame(), /session id {3}none: a derived session/);
  story.press('i');
  assert.doesNotMatch(story.frame(), /details/);
});

test('the palette runs what is found', () => {
  const story = startStory();
  story.press(':');
  story.type('newest');
  story.press('enter');
  assert.equal(story.state().opened[0]?.level, 'raw', 'show the raw record, or its newest');
});

test('who touched a message is asked for once where that fails, and again when the case changes', () => {
  const story = startStory({ columns: 160, rows: 48 });
  story.answering = false;
  story.press('tab');
  const number = story.state().touches.asked?.number;
  assert.ok(number !== undefined);
  story.happen({ event: 'unanswered', number, problem: 'The disk is gone.' });
  story.press('i', 'i');
  assert.equal(story.state().touches.asked, null);
  story.answering = true;
  story.happen({ event: 'case-changed' });
  assert.equal(story.state().touches.answer?.total, 2);
});
