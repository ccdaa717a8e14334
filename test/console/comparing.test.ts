import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screenView } from '../../source/console/views/screen-view.ts';
import { misfits } from './frame-text.ts';
import { startStory } from './console-story.ts';

test('the comparison scrolls to its last line at the smallest size, and Esc leaves it', () => {
  const story = startStory({ columns: 60, rows: 15 });
  const before = story.frame();
  story.press('d');
  assert.match(story.frame(), /Compared: .*more/);
  assert.match(story.frame(), /How unlike: .* of 20 points\. No verdict\./);
  const seen: string[] = [];
  for (let page = 0; page < 30; page += 1) {
    seen.push(story.frame());
    story.press('pageDown');
  }
  assert.doesNotMatch(story.frame(), /Compared: .*more/);
  const all = seen.join('\n');
  for (const text of ['new', 'seen before', 'weekday (UTC)', 'pace', '95.96.75.118'])
    assert.ok(all.includes(text), text);
  assert.deepEqual(misfits(screenView(story.state())), []);
  story.press('escape');
  assert.equal(story.frame(), before);
});

test('in the comparison of a session that session is judged, not the next one', () => {
  const story = startStory();
  const key = story.state().sessions.cursorKey;
  story.press('d', 'm', 'm');
  const marked = story.effects().flatMap((one) => (one.effect === 'mark' ? [one.request] : []));
  assert.deepEqual(
    marked.map(({ sessions }) => sessions),
    [[key], [key]],
  );
});

test('it compares an opened context, and is asked again after a decision', () => {
  const story = startStory();
  story.press('j', 'j', 'j', 'j', 'enter', 'd');
  const level = story.state().opened.at(-1);
  assert.ok(level?.level === 'comparison' && 'context' in level.subject);
  story.answering = false;
  story.happen({ event: 'case-changed' });
  const again = story.state().opened.at(-1);
  assert.ok(again?.level === 'comparison' && again.asked !== null && again.found !== null);
});

test('of a message nothing is compared, and the way is said', () => {
  const story = startStory();
  story.press('tab', 'd');
  assert.match(story.line('status'), /sessions and contexts are compared: Tab leads there/);
});
