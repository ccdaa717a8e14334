import stringWidth from 'string-width';

/**
 * Characters of one cell each on every terminal: Latin, Greek, Cyrillic, dashes, arrows, rules, blocks.
 * Measuring those by graphemes would cost a frame its milliseconds.
 */
const ONE_CELL_EACH =
  /^[ -~\u00A1-\u00AC\u00AE-\u02FF\u0370-\u0377\u037A-\u037F\u0384-\u0386\u0388-\u0482\u048A-\u052F\u2010-\u2027\u2030-\u203A\u2190-\u2193\u2500-\u259F]*$/;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Whether every UTF-16 unit of `text` is one character of one cell: then it need not be measured. */
export const isOneCellEach = (text: string): boolean => ONE_CELL_EACH.test(text);

/** Terminal cells that a text takes; `text` has passed `forTerminal`. */
export const cellWidth = (text: string): number =>
  isOneCellEach(text) ? text.length : stringWidth(text);

/** The longest beginning of whole characters that takes at most `width` cells. */
const beginning = (text: string, width: number): string => {
  if (isOneCellEach(text)) return text.slice(0, width);
  let cells = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    cells += cellWidth(segment);
    if (cells > width) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
};

/**
 * At most `width` cells: the whole text, or its beginning and the `ellipsis` ("…", or "~" where the
 * terminal has no UTF-8). Never half a wide character, never a mark without its letter.
 */
export const cut = (text: string, width: number, ellipsis = '…'): string => {
  if (width <= 0) return '';
  if (cellWidth(text) <= width) return text;
  const room = width - cellWidth(ellipsis);
  return room < 0 ? beginning(text, width) : beginning(text, room) + ellipsis;
};

/** The shortest end of whole characters that begins after at least `cells` cells. */
const endAfter = (text: string, cells: number): string => {
  if (isOneCellEach(text)) return text.slice(cells);
  let passed = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    if (passed >= cells) return text.slice(index);
    passed += cellWidth(segment);
  }
  return '';
};

/** At most `width` cells: the whole text, or the `ellipsis` and its end, for what ends tellingly. */
export const cutFront = (text: string, width: number, ellipsis = '…'): string => {
  if (width <= 0) return '';
  const cells = cellWidth(text);
  if (cells <= width) return text;
  const room = width - cellWidth(ellipsis);
  return room <= 0 ? cut(ellipsis, width, '') : ellipsis + endAfter(text, cells - room);
};

const padding = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - cellWidth(text)));

/** Exactly `width` cells: cut, or padded behind. */
export const fit = (text: string, width: number, ellipsis = '…'): string => {
  const shown = cut(text, width, ellipsis);
  return shown + padding(shown, width);
};

/** Exactly `width` cells, padded in front: numbers. */
export const fitLeft = (text: string, width: number, ellipsis = '…'): string => {
  const shown = cut(text, width, ellipsis);
  return padding(shown, width) + shown;
};
