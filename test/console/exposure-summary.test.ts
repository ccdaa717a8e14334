import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exposurePhrases } from '../../source/console/words/exposure.ts';
import { exposureSummary } from '../../source/console/views/exposure-summary.ts';
import { startStory } from './console-story.ts';
import { OVERVIEW } from './hand-made-case.ts';

const SUMMARY = {
  ...OVERVIEW.summary,
  outsideWindow: { records: 1234, from: '2026-09-01T10:00:00Z', to: '2026-10-02T11:30:00Z' },
  byRule: { records: 12 },
  contested: 3,
};
const overview = { ...OVERVIEW, summary: SUMMARY };

const linesAt = (columns: number, rows: number, keys: readonly string[]): readonly string[] => {
  const story = startStory({ columns, rows }, { overview });
  story.press(...keys);
  return exposureSummary(story.state(), columns).map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trim(),
  );
};

test('a fact that is wider than the terminal is broken at its spaces, never cut', () => {
  for (const columns of [60, 80]) {
    const lines = linesAt(columns, 40, ['shift-tab']);
    const all = lines.join(' ');
    for (const { text } of exposurePhrases(overview, columns)) assert.ok(all.includes(text), text);
    for (const line of lines) assert.ok(line.length <= columns - 2, line);
  }
});

test('what has no room is counted: no fact is begun and left unsaid', () => {
  const lines = linesAt(80, 24, []);
  const jobEvent = /^and (\d+) more facts: Tab leads there$/.exec(lines.at(-1) ?? '');
  const all = lines.slice(0, -1).join(' ');
  const missing = exposurePhrases(overview, 80).filter(({ text }) => !all.includes(text));
  assert.equal(Number(jobEvent?.[1]), missing.length);
  for (const { text } of missing) assert.ok(!all.includes(text.slice(0, 20)), text);
});
