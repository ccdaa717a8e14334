import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import stringWidth from 'string-width';
import { tablePrinter, type TablePrinter } from '../../source/screens/print-table.tsx';

const plain = tablePrinter({ colour: false, styles: false, unicode: true, addressable: true });

type WholeTable = Parameters<TablePrinter>[0];

const table: WholeTable = {
  header: ['User', 'Msgs', 'Subject'],
  rows: [
    ['g.jacobs', '214', 'RE: Wire transfer'],
    ['山田', '1,902', 'é'],
    ['m.visser', '5', ''],
  ],
  numeric: [false, true, false],
  width: 80,
};

describe('a table that is printed whole', () => {
  it('has one rule, columns as wide as their cells, and numbers on the right', async () => {
    assert.equal(
      await plain(table),
      [
        '┌──────────┬───────┬───────────────────┐',
        '│ User     │  Msgs │ Subject           │',
        '├──────────┼───────┼───────────────────┤',
        '│ g.jacobs │   214 │ RE: Wire transfer │',
        '│ 山田     │ 1,902 │ é                 │',
        '│ m.visser │     5 │                   │',
        '└──────────┴───────┴───────────────────┘',
        '',
      ].join('\n'),
    );
  });

  it('is cut to the width where the text is longest, numbers last', async () => {
    const lines = (await plain({ ...table, width: 34 })).split('\n');
    assert.equal(lines[3], '│ g.jacobs │   214 │ RE: Wire t… │');
    assert.ok(
      lines.every((line) => stringWidth(line) <= 34),
      lines.join('\n'),
    );
    const narrow = (await plain({ ...table, width: 23 })).split('\n');
    assert.equal(narrow[4], '│ 山田 │ 1,902 │ é    │');
  });

  it('stays in line with characters of any width, and more of them than it draws at once', async () => {
    const rows = Array.from({ length: 250 }, (_, at) => [
      `ภาษาไทย ที่นี่ ${at}`,
      `${at}`,
      '🎉 e\u0301\u0301',
    ]);
    const lines = (await plain({ ...table, rows })).trimEnd().split('\n');
    assert.equal(lines.length, 250 + 4);
    assert.equal(new Set(lines.map((line) => stringWidth(line))).size, 1);
    assert.equal(lines.filter((line) => /[├┌└]/.test(line)).length, 3);
    assert.deepEqual(
      lines.slice(3, -1).map((line) => line.split('│')[2]?.trim()),
      rows.map(([, at]) => at),
    );
  });

  it('shows its header when there are no rows, and two columns of one title', async () => {
    const empty = await plain({ ...table, header: ['Id', 'Id', 'x'], rows: [] });
    assert.match(empty, /│ Id +│ Id +│ x/);
  });

  it('is ASCII where the locale is, and bold and dim only where styles are', async () => {
    const ascii = await tablePrinter({
      colour: false,
      styles: true,
      unicode: false,
      addressable: true,
    })(table);
    const bare = ascii.replaceAll(/\u001B\[\d+m/g, '');
    assert.notEqual(bare, ascii);
    assert.match(bare, /^[\n -~]+$/);
    assert.equal(bare.split('\n')[4], '| ????     | 1,902 | e                 |');
  });
});
