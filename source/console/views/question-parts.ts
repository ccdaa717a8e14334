import { cellWidth } from '../cells.ts';

/** " QUESTION  y yes  n no ": what stands around a question. */
const AROUND = 15;

/**
 * What is asked, and what is said before it: where both do not fit beside the answers, only the
 * question stands in the footer, and the rest goes into the line above, which may wrap.
 */
export const questionParts = (
  text: string,
  width: number,
): { readonly before: string | null; readonly question: string } => {
  const end = text.lastIndexOf('. ');
  if (end < 0 || cellWidth(text) + AROUND <= width) return { before: null, question: text };
  return { before: text.slice(0, end + 1), question: text.slice(end + 2) };
};
