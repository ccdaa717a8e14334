import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startStory } from './console-story.ts';
import { OVERVIEW, session, TURN_OF_THE_YEAR } from './hand-made-case.ts';

const ADDRESS = '203.111.113.199';
const SESSIONS = Array.from({ length: 30 }, (_, index) =>
  session(`w${index}`, {
    addresses: [ADDRESS],
    actors: [`annabella.very-long-name-${index}@subsidiary.contoso.example`],
    records: 1234,
    binds: 1234,
    messages: 12_345,
    lastSeen: `2026-09-${String(30 - (index % 29)).padStart(2, '0')}T10:00:00Z`,
  }),
);

/** The beginning of the address, and not all of it. */
const CUT = /203\.1(?!11\.113\.199)/;

for (const columns of [80, 81, 100, 119, 120, 121, 140, 159, 160, 200])
  test(`no IPv4 address is cut at ${columns} columns, wherever it stands`, () => {
    for (const overview of [OVERVIEW, TURN_OF_THE_YEAR.overview])
      for (const keys of [
        [],
        ['tab'],
        ['space', 'tab'],
        ['enter'],
        ['enter', 'tab'],
        ['enter', 'enter'],
      ]) {
        const story = startStory({ columns, rows: 40 }, { overview, sessions: SESSIONS });
        story.press(...keys);
        const frame = story.frame();
        assert.doesNotMatch(frame, CUT, keys.join());
        // The records are of a context with an address of its own.
        if (keys.length < 2 || keys[1] === 'tab')
          assert.ok(frame.includes(keys[0] === 'enter' ? '95.96.75.118' : ADDRESS), keys.join());
      }
  });

test('a filter that is too long for the title is left out of it from an address on', () => {
  for (let columns = 80; columns <= 160; columns += 1) {
    const story = startStory({ columns, rows: 40 }, { sessions: SESSIONS });
    story.press('x', 'a');
    story.type(`${ADDRESS} ${ADDRESS.replace('199', '198')} 203.111.113.0/24`);
    story.press('enter');
    const title = story.frame().split('\n')[1] ?? '';
    for (const [address] of title.matchAll(/203[\d./]*/g))
      assert.match(address, /^203\.111\.113\.(199|198|0\/24)$/, title);
  }
});
