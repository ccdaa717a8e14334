import type { Line, Span } from '../console/view.ts';
import { cellWidth, isOneCellEach } from './cell-width.ts';

/**
 * The line cut to at most `width` cells. A wide character that would only half fit is left out;
 * nothing is added: whoever made the line has put an ellipsis where one belongs.
 */
export function cutLine(line: Line, width: number): Line {
  const kept: Span[] = [];
  let left = width;
  for (const span of line) {
    if (left <= 0) break;
    const text = cutText(span.text, left);
    left -= cellWidth(text);
    kept.push(text === span.text ? span : { ...span, text });
    // A shorter text means that the next character did not fit, and nothing may take its place.
    if (text.length < span.text.length) break;
  }
  return kept;
}

/** The longest beginning of `text` that fits into `width` cells. */
export function cutText(text: string, width: number): string {
  if (isOneCellEach(text)) return text.slice(0, width);
  if (cellWidth(text) <= width) return text;
  let cells = 0;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    cells += cellWidth(segment);
    if (cells > width) break;
    kept += segment;
  }
  return kept;
}
