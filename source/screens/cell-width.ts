import stringWidth from 'string-width';

/** Characters of one cell each on every terminal: Latin, Greek, Cyrillic, dashes, arrows, rules, blocks. */
const oneCellEach =
  /^[ -~\u00A1-\u00AC\u00AE-\u02FF\u0370-\u0377\u037A-\u037F\u0384-\u0386\u0388-\u0482\u048A-\u052F\u2010-\u2027\u2030-\u203A\u2190-\u2193\u2500-\u259F]*$/;

/** Whether every UTF-16 unit of `text` is one character of one cell: then it need not be measured. */
export function isOneCellEach(text: string): boolean {
  return oneCellEach.test(text);
}

/** The cells `text` takes on a terminal. Measuring is what drawing spends most of its time on. */
export function cellWidth(text: string): number {
  return isOneCellEach(text) ? text.length : stringWidth(text);
}
