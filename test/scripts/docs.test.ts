import assert from 'node:assert/strict';
import test from 'node:test';
import { formatsPart } from '../../scripts/docs/formats-part.ts';
import { keysPart } from '../../scripts/docs/keys-part.ts';
import { markdownTable, withPart } from '../../scripts/docs/marked-part.ts';
import { BINDINGS, COMMAND_IDS, keyName } from '../../source/console/keys/bindings.ts';
import { TEXTS } from '../../source/console/keys/texts.ts';
import type { Format } from '../../source/formats/format.ts';

test('a part is replaced between its markers and nowhere else', () => {
  const document = 'a\n<!-- keys: written by a script -->\nold\n<!-- /keys -->\nb\n';
  const fresh = 'a\n<!-- keys: written by a script -->\n\nnew $& `$1`\n\n<!-- /keys -->\nb\n';
  assert.equal(withPart(document, 'keys', '\nnew $& `$1`\n'), fresh);
  assert.equal(withPart(fresh, 'keys', 'new $& `$1`'), fresh, 'again, the same');
});

test('markers that are missing, half there or doubled are said', () => {
  const once = '<!-- keys -->\n<!-- /keys -->';
  for (const document of ['', '<!-- keys -->', '<!-- /keys -->', `${once}${once}`, '<!-- key -->'])
    assert.throws(() => withPart(document, 'keys', 'x'), /must stand there once/, document);
});

test('a cell cannot end its table', () => {
  assert.equal(markdownTable(['a'], [['b | c']]), '| a |\n| --- |\n| b \\| c |');
});

test('the key table has every key that works in a pane, with its text', () => {
  const table = keysPart();
  const inPanes = COMMAND_IDS.filter((id) =>
    BINDINGS[id].keyContexts.some((p) => p === 'sessions'),
  );
  assert.ok(inPanes.length > 25);
  for (const id of inPanes) {
    const keys = BINDINGS[id].keys.map((key) => `\`${keyName(key)}\``).join(' ');
    const row = `| ${keys} | ${TEXTS[id].description} |`;
    assert.equal(table.split('\n').filter((line) => line.endsWith(row)).length, 1, row);
  }
});

test('formats are listed by kind', () => {
  const base = { container: 'json', sample: '', recognise: () => true } as const;
  const read = () => ({ kind: 'damaged', reason: '' }) as const;
  const formats: readonly Format[] = [
    { ...base, name: 'b', title: 'Beta', kind: 'audit', read },
    { ...base, name: 'a', title: 'Alpha', kind: 'audit', read },
    { ...base, name: 't', title: 'Trace', kind: 'trace', read },
    { ...base, name: 's', title: 'Sign-ins', kind: 'signIns', read },
  ];
  assert.match(
    formatsPart(formats),
    /\n- Alpha\n- Beta\n\n\*\*Message traces.*\n\n- Trace\n\n\*\*Sign-in logs.*\n\n- Sign-ins$/s,
  );
});
