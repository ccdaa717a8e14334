import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellWidth } from '../../source/console/cells.ts';
import type { Line } from '../../source/console/view.ts';
import { withCursor } from '../../source/console/views/list-lines.ts';
import { screenView } from '../../source/console/views/screen-view.ts';
import { terminalAbilities } from '../../source/screens/terminal/terminal-abilities.ts';
import { startVirtualConsole } from '../terminal/virtual-console.ts';
import { startStory, type Story } from './console-story.ts';

const linesOf = (story: Story, name: string): readonly Line[] =>
  screenView(story.state())
    .bands.flatMap(({ panes }) => panes)
    .find((pane) => pane.name === name)?.lines ?? [];

/** What stands in reverse, row by row. */
const reversed = (lines: readonly Line[]): readonly string[] =>
  lines.flatMap((line) => line.filter(({ tone }) => tone === 'cursor').map(({ text }) => text));

test('the first eight cells of the cursor row stand in reverse, in the list that has the keys alone', () => {
  const story = startStory();
  assert.deepEqual(reversed(linesOf(story, 'left')), ['> M 09-2']);
  assert.deepEqual(reversed(linesOf(story, 'messages')), []);
  story.press('tab', 'j');
  assert.deepEqual(reversed(linesOf(story, 'left')), []);
  assert.deepEqual(reversed(linesOf(story, 'messages')), ['> C 09-2']);
  story.press('shift-tab', 'shift-tab', 'j');
  assert.deepEqual(reversed(linesOf(story, 'exposure')), ['> g.jaco']);
  story.press('escape', 'enter');
  assert.deepEqual(reversed(linesOf(story, 'left')), ['> M 09-2']);
  story.press('enter', 'j');
  assert.deepEqual(reversed(linesOf(story, 'left')), ['> 2026-0']);
  story.press('?');
  assert.deepEqual(reversed(linesOf(story, 'whole')), [' > m    ']);
});

test('eight cells are no more than eight, and half a wide character is none of them', () => {
  const [head, ...rest] = withCursor([
    { text: '> ', tone: 'accent' },
    { text: 'a日本語日本', tone: 'plain' },
  ]);
  assert.deepEqual(head, { text: '> a日本', tone: 'cursor' });
  assert.equal(cellWidth(head.text), 7);
  assert.deepEqual(rest, [{ text: '語日本', tone: 'plain' }]);
});

test('a row shorter than that stands in reverse whole', () => {
  assert.deepEqual(withCursor([{ text: '> ', tone: 'accent' }]), [{ text: '> ', tone: 'cursor' }]);
});

test('a step of the cursor writes two beginnings of rows, and no line anew', async () => {
  const story = startStory();
  story.press('w', 'G', 'g', 'j', 'j', 'j', 'j', 'j', 'j');
  const { terminal, show, drawn, screen } = startVirtualConsole({
    view: screenView(story.state()),
  });
  await drawn();
  for (const key of ['k', 'k', 'j', 'k']) {
    const before = terminal.bytesWritten();
    story.press(key);
    show(screenView(story.state()));
    await drawn();
    const bytes = terminal.bytesWritten() - before;
    assert.ok(bytes <= 80, `${bytes} bytes for ${key}`);
  }
  await screen.stop();
});

test('a held key draws the list alone, and all else follows the newest row once the hand rests', async () => {
  const story = startStory();
  const { terminal, show, drawn, screen } = startVirtualConsole({
    view: screenView(story.state()),
  });
  const bytesOf = async (act: () => void): Promise<number> => {
    const before = terminal.bytesWritten();
    act();
    show(screenView(story.state()));
    await drawn();
    return terminal.bytesWritten() - before;
  };
  await drawn();
  story.effects();
  const messages = linesOf(story, 'messages');
  story.answering = false;
  for (const key of ['j', 'j', 'k', 'j']) {
    const bytes = await bytesOf(() => story.press(key));
    assert.ok(bytes <= 60, `${bytes} bytes for ${key}`);
    assert.deepEqual(linesOf(story, 'messages'), messages);
    assert.equal(story.state().messages.asked, null, 'nothing is asked for a row passed by');
  }
  story.answering = true;
  const bytes = await bytesOf(() => story.happen({ event: 'rested' }));
  assert.ok(bytes <= 500, `${bytes} bytes for what follows`);
  const { answered } = story.state().messages;
  const row = story.state().sessions.cursorKey;
  assert.deepEqual(answered?.scope, { of: 'sessions', keys: [row] });
  await screen.stop();
});

test('details follow once the hand rests; any other key has them follow at once', () => {
  const story = startStory();
  story.press('i');
  const details = linesOf(story, 'details');
  story.answering = false;
  story.press('j');
  assert.deepEqual(linesOf(story, 'details'), details);
  story.happen({ event: 'rested' });
  const following = linesOf(story, 'details');
  assert.notDeepEqual(following, details);
  story.press('k');
  assert.deepEqual(linesOf(story, 'details'), following);
  story.press('s');
  assert.equal(story.state().moving, null);
  assert.deepEqual(linesOf(story, 'details'), details);
});

for (const [name, variables] of Object.entries({
  NO_COLOR: { NO_COLOR: '1', TERM: 'xterm', LANG: 'C.UTF-8' },
  'TERM=dumb': { TERM: 'dumb', LANG: 'C.UTF-8' },
}))
  test(`with ${name} the glyph says where the cursor is`, async () => {
    const story = startStory();
    const { terminal, output, drawn, screen } = startVirtualConsole({
      view: screenView(story.state()),
      abilities: { ...terminalAbilities(variables, true), addressable: true },
    });
    await drawn();
    assert.match(terminal.lines()[3] ?? '', /^> M 09-24/);
    assert.doesNotMatch(output.writes.join(''), /\u001B\[[\d;]*3[0-9][\d;]*m/, 'no colour');
    await screen.stop();
  });
