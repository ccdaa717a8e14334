import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { COMMANDS } from '../../source/console/actions/commands.ts';
import { screenView } from '../../source/console/views/screen-view.ts';
import { startStory } from './console-story.ts';
import { misfits } from './frame-text.ts';
import { EMPTY_OVERVIEW, session, SESSIONS } from './hand-made-case.ts';

const KEYS = [...new Set(COMMANDS.flatMap(({ keys }) => keys)), 'a', '見', 'é', ' ', 'Q'].filter(
  (key) => key !== 'q' && key !== 'ctrl-c',
);

type Move =
  | { readonly key: string }
  | { readonly columns: number; readonly rows: number }
  | { readonly rowsArrive: number };

const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.record({ key: fc.constantFrom(...KEYS) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        columns: fc.integer({ min: 1, max: 220 }),
        rows: fc.integer({ min: 1, max: 70 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ rowsArrive: fc.integer({ min: 0, max: 80 }) }) },
  ),
  { maxLength: 60 },
);

test('whatever keys come, nothing throws and every frame fits its terminal', () => {
  fc.assert(
    fc.property(fc.boolean(), moves, (empty, sequence) => {
      const story = empty
        ? startStory({ columns: 80, rows: 24 }, { overview: EMPTY_OVERVIEW, sessions: [] })
        : startStory();
      for (const move of sequence) {
        if ('key' in move) story.press(move.key);
        else if ('columns' in move) story.happen({ event: 'resize', size: move });
        else {
          story.world.sessions = [
            ...Array.from({ length: move.rowsArrive }, (_, index) => session(`n${index}`)),
            ...SESSIONS.slice(move.rowsArrive),
          ];
          story.happen({ event: 'case-changed' });
        }
        assert.deepEqual(misfits(screenView(story.state())), []);
      }
      const { sessions } = story.state();
      if (sessions.total > 0 && sessions.asked === null)
        assert.ok(sessions.cursor < sessions.total && sessions.cursor >= sessions.top);
    }),
    { numRuns: 150 },
  );
});
