import { SCOPE_LEAD, scopeSentence } from '../../domain/exposure/scope.ts';
import type { ExportedCase, ExportPart } from '../exported-case.ts';
import { csvRecord } from './cell.ts';
import { BYTE_ORDER_MARK } from './sheet.ts';

const scopedText = function* (exported: ExportedCase, part: ExportPart): Generator<string> {
  if (exported.scope === null) return yield* part.text(exported);
  yield BYTE_ORDER_MARK + csvRecord([scopeSentence(exported.scope)]);
  let isFirst = true;
  for (const text of part.text(exported)) {
    yield isFirst && text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
    isFirst = false;
  }
};

/**
 * A sheet of a part of a case says so in a line above its header, where nobody takes it for the whole:
 * not in a column, which an empty sheet would not have.
 */
export const withScopeLine = (part: ExportPart): ExportPart => ({
  ...part,
  scopedOpening: `${BYTE_ORDER_MARK}"${SCOPE_LEAD}`,
  text: (exported) => scopedText(exported, part),
});
