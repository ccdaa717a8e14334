/**
 * The one place through which all text from a record reaches a CSV cell.
 *
 * The rule is reversible (`rawText`), so nothing is lost:
 * 1. Control characters, bidirectional controls, line separators and lone surrogates are written
 *    `\uXXXX`; so is a backslash that would otherwise read as such an escape. A folder path such as
 *    `\Inbox` stays as it is.
 * 2. A formula character right after a `;` is written `\uXXXX` too: a spreadsheet that separates by
 *    semicolons would start a cell there.
 * 3. A cell that begins (after spaces and quotes) with a formula character, that a spreadsheet would
 *    turn into another number (`3e120`, `007`, more digits than it keeps: keys and ids can look so),
 *    or that begins with an apostrophe, gets one apostrophe in front.
 * To read the raw value back: drop one leading apostrophe, then turn every `\uXXXX` into its character.
 */

/** `=`, `+`, `-`, `@` and the full-width forms that spreadsheets take for them. */
const FORMULA = '=+\\-@＝＋－＠';

const ACTIVE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]|\\(?=u[0-9a-f]{4})|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const AFTER_SEMICOLON = new RegExp(`(;[\\s'"]*)([${FORMULA}])`, 'gu');
const RUNS_OR_QUOTED = new RegExp(`^(?:'|[\\s'"]*[${FORMULA}])`, 'u');
const OTHER_NUMBER = /^\s*(?:0\d+|\d{12,}|\d+(?:[.,]\d+)?e[+-]?\d+)\s*$/i;
/** A spreadsheet may skip these in front of a formula, so they hide nothing. */
const UNSEEN = new RegExp(`${ACTIVE.source}|[\\u200c\\u200d]`, 'g');

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A cell's text, defused; not yet quoted. */
export const cellText = (raw: string): string => {
  const visible = raw.replace(ACTIVE, escaped);
  const joined = visible.replace(
    AFTER_SEMICOLON,
    (_, before: string, formula: string) => before + escaped(formula),
  );
  const defuse =
    RUNS_OR_QUOTED.test(joined) ||
    RUNS_OR_QUOTED.test(raw.replace(UNSEEN, '')) ||
    OTHER_NUMBER.test(raw);
  return defuse ? `'${joined}` : joined;
};

/** Turns `cellText` back. */
export const rawText = (cell: string): string =>
  cell
    .replace(/^'/u, '')
    .replace(/\\u([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

export type Cell = string | number | boolean | null;

const quoted = (text: string): string =>
  /[",;\s]/u.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text;

/** A record of RFC 4180: null is an empty cell, an empty text a quoted one; ends in CR LF. */
export const csvRecord = (cells: readonly Cell[]): string =>
  `${cells
    .map((cell) =>
      cell === null ? '' : typeof cell === 'string' ? quoted(cellText(cell)) : String(cell),
    )
    .join(',')}\r\n`;

/** Several texts in one cell. Each passes `cellText` as part of the whole. */
export const listCell = (texts: readonly string[]): string => texts.join('; ');
