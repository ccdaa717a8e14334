import type { Page } from './scan-page.ts';
import { BYTE, isSpace, scanValue } from './scan-value.ts';

/** What stands between two elements: something to pass over, up to `to`, or the next thing to read. */
export type Between =
  | {
      readonly is: 'passed';
      readonly to: number;
      /** Arrays opened less arrays closed. */ readonly arrays: number;
    }
  | { readonly is: 'element' | 'pageTail' | 'junk' | 'wait' };

const passed = (to: number, arrays: number): Between => ({ is: 'passed', to, arrays });

const BOM = [0xef, 0xbb, 0xbf] as const;

/**
 * Whether a text, a number, true, false or null stands here for itself, as an element of the list or
 * on a line of its own: no record, but a row. What belongs to a record that broke is none.
 */
const standsAlone = (bytes: Buffer, at: number, final: boolean): boolean | null => {
  const cursor = { at };
  const end = scanValue(bytes, cursor, { final, lineMode: false });
  if (end !== 'value') return end === 'more' ? null : false;
  let after = cursor.at;
  while (isSpace(bytes[after]) && bytes[after] !== BYTE.LF) after += 1;
  const byte = bytes[after];
  if (byte === undefined) return final ? true : null;
  return byte === BYTE.LF || byte === BYTE.COMMA || byte === BYTE.CLOSE_ARRAY;
};

const scalar = (bytes: Buffer, at: number, final: boolean): Between => {
  const alone = standsAlone(bytes, at, final);
  return { is: alone === null ? 'wait' : alone ? 'element' : 'junk' };
};

/** The bytes that a number, true, false and null begin with. */
const isScalarStart = (byte: number | undefined): boolean =>
  byte !== undefined &&
  (byte === 0x2d || (byte >= 0x30 && byte <= 0x39) || [0x74, 0x66, 0x6e].includes(byte));

/**
 * Between elements everything goes that appended and merged files have there: commas too many or
 * too few, `][`, blank lines, byte order marks, closing brackets without their opening ones.
 */
export const betweenElements = (bytes: Buffer, at: number, page: Page, final: boolean): Between => {
  const byte = bytes[at];
  if (isSpace(byte) || byte === BYTE.COMMA) {
    let to = at + 1;
    while (isSpace(bytes[to]) || bytes[to] === BYTE.COMMA) to += 1;
    return passed(to, 0);
  }
  const inPage = page.open.length > 0;
  switch (byte) {
    case BOM[0]:
      if (bytes.length - at < BOM.length && !final) return { is: 'wait' };
      return BOM.every((mark, index) => bytes[at + index] === mark)
        ? passed(at + BOM.length, 0)
        : { is: 'junk' };
    case BYTE.CLOSE_ARRAY:
      return inPage ? { is: 'pageTail' } : passed(at + 1, -1);
    case BYTE.CLOSE_OBJECT:
      return passed(at + 1, 0);
    case BYTE.OPEN_ARRAY:
      return inPage && page.rows ? { is: 'element' } : passed(at + 1, inPage ? 0 : 1);
    case BYTE.OPEN_OBJECT:
      return { is: 'element' };
    case BYTE.QUOTE: {
      const first = bytes[at + 1];
      if (first === undefined && !final) return { is: 'wait' };
      // A record as JSON text.
      if (!inPage && first === BYTE.OPEN_OBJECT) return { is: 'element' };
      return scalar(bytes, at, final);
    }
    default:
      return isScalarStart(byte) ? scalar(bytes, at, final) : { is: 'junk' };
  }
};
