import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  alignedLine,
  contentWidths,
  cutToTail,
  cutToWidth,
  fittedWidths,
  shownColumns,
} from '../../source/commands/table-layout.ts';

const COLUMNS = [
  { title: 'KEY', whole: true },
  { title: 'USER' },
  { title: 'MSGS', numeric: true },
  { title: 'CLIENT', spare: 1 },
  { title: 'BINDS', numeric: true, spare: 2 },
];
const ROW = ['0123456789ab', 'somebody@contoso.example', '1234', 'Outlook on the web', '99'];
const widths = contentWidths(COLUMNS, [ROW]);

test('columns take what their cells take', () => {
  assert.deepEqual(widths, [12, 24, 4, 18, 5]);
});

test('on a narrow terminal spare columns go, the highest first; keys and numbers are never cut', () => {
  assert.deepEqual(shownColumns(COLUMNS, widths, 80, 2), [0, 1, 2, 3, 4]);
  assert.deepEqual(shownColumns(COLUMNS, widths, 46, 2), [0, 1, 2, 3]);
  assert.deepEqual(shownColumns(COLUMNS, widths, 40, 2), [0, 1, 2]);
  assert.deepEqual(shownColumns(COLUMNS, widths, 5, 2), [0, 1, 2]);
});

test('the widest text gives way', () => {
  assert.deepEqual(fittedWidths(COLUMNS, widths, 65, 2), [12, 17, 4, 17, 5]);
});

test('numbers stand right, wide characters count as two cells', () => {
  assert.equal(alignedLine(COLUMNS, [3, 4, 4], ['k', '日本', '7']), 'k    日本     7');
  assert.equal(cutToWidth('日本語', 5), '日本…');
  assert.equal(cutToWidth('日本語', 4), '日…');
});

test('of a path the end is kept', () => {
  assert.equal(cutToTail('evidence/audit.csv', 10), '…audit.csv');
  assert.equal(cutToTail('audit.csv', 10), 'audit.csv');
});
