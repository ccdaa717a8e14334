import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS } from '../../source/console/actions/commands.ts';
import { keyTable } from '../../source/console/keys/key-table.ts';
import { startStory } from './console-story.ts';
import { EMPTY_OVERVIEW } from './hand-made-case.ts';

test('every command has keys, a place, and a text', () => {
  for (const { id, keys, keyContexts, label, description } of COMMANDS) {
    assert.ok(keys.length > 0 && keys.every((key) => key !== ''), id);
    assert.ok(keyContexts.length > 0, id);
    assert.ok(label.length > 0 && label.length <= 14, id);
    assert.ok(description.length > 0 && !description.endsWith('.'), id);
  }
});

test('no key means two things in one place', () => {
  const seen = new Map<string, string>();
  for (const { id, keys, keyContexts } of COMMANDS)
    for (const place of keyContexts)
      for (const key of keys) {
        assert.equal(seen.get(`${place} ${key}`), undefined, `${key} in ${place}: ${id}`);
        seen.set(`${place} ${key}`, id);
      }
});

test('the footer names only keys that work there', () => {
  for (const { id, keyContexts, footer } of COMMANDS)
    for (const place of footer)
      assert.ok(
        place === 'empty' || keyContexts.includes(place),
        `${id} in the footer of ${place}`,
      );
});

test('the keys of the contract are all in the table', () => {
  const keys = new Set(keyTable().flatMap((row) => row.keys.split(' ')));
  const promised =
    'j k ↓ ↑ PgDn PgUp g G m b u Space v A z Z n Enter Esc r d / Tab s x w y Y o e f t : ? q';
  for (const key of promised.split(' ')) assert.ok(keys.has(key), key);
});

test('on an empty case no key of the panes does harm, and those that can do nothing say why', () => {
  const said = new Set<string>();
  for (const { id, keys, keyContexts, unavailable } of COMMANDS) {
    if (!keyContexts.includes('sessions') || id === 'quit' || id === 'interrupt') continue;
    const story = startStory({ columns: 80, rows: 24 }, { overview: EMPTY_OVERVIEW, sessions: [] });
    const reason = unavailable(story.state());
    story.press(keys[0] ?? '');
    if (reason === null) continue;
    said.add(id);
    assert.equal(story.line('status'), reason, id);
    assert.deepEqual(story.effects(), [], `${id} did something all the same`);
  }
  for (const id of ['mark-malicious', 'select', 'same-address', 'open', 'raw', 'export', 'copy'])
    assert.ok(said.has(id), `${id} says why`);
});

test('a key that means nothing here says so and points to the help', () => {
  const story = startStory();
  story.press('Q');
  assert.equal(story.line('status'), 'Q does nothing here; ? lists the keys');
});
