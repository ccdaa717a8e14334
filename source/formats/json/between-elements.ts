import type { Page } from './walk-page.ts';
import { BYTE, isSpace } from './walk-value.ts';

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
      // A record as JSON text; other strings are none.
      const first = bytes[at + 1];
      if (first === undefined && !final) return { is: 'wait' };
      return { is: !inPage && first === BYTE.OPEN_OBJECT ? 'element' : 'junk' };
    }
    default:
      return { is: 'junk' };
  }
};
