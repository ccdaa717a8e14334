import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startStory } from './console-story.ts';
import { OVERVIEW } from './hand-made-case.ts';

const TITLE = 'Zuiderlicht Shipping and Forwarding (demo)';

const headAt = (columns: number, about: { title?: string; folder?: string }): string => {
  const overview = { ...OVERVIEW, ...about };
  return startStory({ columns, rows: 24 }, { overview }).frame().split('\n')[0] ?? '';
};

test("the case's name takes what the verdicts leave of the header", () => {
  assert.equal(
    headAt(90, { title: TITLE }),
    ` mia  ${TITLE}  2 malicious  5 benign  1 mixed  58 open`,
  );
  assert.equal(
    headAt(80, { title: TITLE }),
    ' mia  Zuiderlicht Shipping and Forwar…  2 malicious  5 benign  1 mixed  58 open',
  );
});

test('of a folder the end is shown: that is where cases differ', () => {
  assert.equal(
    headAt(80, { title: '', folder: '/evidence/engagements/2026/contoso-bec' }),
    ' mia  …ce/engagements/2026/contoso-bec  2 malicious  5 benign  1 mixed  58 open',
  );
});

test('what runs is shown whole, the name gives way before the verdicts do', () => {
  const story = startStory(undefined, { overview: { ...OVERVIEW, title: TITLE } });
  story.press('o');
  story.type('logs');
  story.press('enter');
  const [effect] = story.effects();
  assert.equal(effect?.effect, 'import');
  const jobEvent = { event: 'progress', file: 'a', bytes: 61, total: 100, rows: 9 } as const;
  story.happen({ event: 'import', job: effect.job, jobEvent: { ...jobEvent, secondsLeft: 11.2 } });
  assert.equal(
    story.frame().split('\n')[0],
    ' mia  Zuide…  2 malicious  5 benign  1 mixed  58 open importing 61 %, 12 s left',
  );
  story.happen({ event: 'resize', size: { columns: 60, rows: 24 } });
  assert.equal(
    story.frame().split('\n')[0],
    ' mia  Zuide…  2 malicious  …      importing 61 %, 12 s left',
    'a figure is never cut, it would be another',
  );
});
