import { cellWidth, cut } from '../cells.ts';
import type { Line, Span } from '../view.ts';

/**
 * Phrases set into lines of at most `width` cells, a separator between those on one line. One that is
 * longer is broken at its spaces, never cut.
 */
export const wrapPhrases = (
  phrases: readonly Span[],
  separator: string,
  width: number,
): readonly Line[] => {
  const lines: Span[][] = [];
  let used = 0;
  for (const phrase of phrases) {
    const line = lines.at(-1);
    const needed = cellWidth(separator) + cellWidth(phrase.text);
    if (line !== undefined && used + needed <= width) {
      line.push({ text: separator, tone: 'dim' }, phrase);
      used += needed;
      continue;
    }
    const pieces = wrapText(phrase.text, Math.max(1, width));
    lines.push(...pieces.map((text) => [{ ...phrase, text }]));
    used = cellWidth(pieces.at(-1) ?? '');
  }
  return lines;
};

/** Text broken at spaces into lines of at most `width` cells; a word that is longer is broken anywhere. */
export const wrapText = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (cellWidth(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakAnywhere(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
};

/** Pieces of at most `width` cells that make up the text again. */
export const breakAnywhere = (text: string, width: number): readonly string[] => {
  const pieces: string[] = [];
  let rest = text;
  while (cellWidth(rest) > width) {
    const piece = cut(rest, width, '') || [...rest].slice(0, 1).join('');
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...pieces, rest];
};
