import stringWidth from 'string-width';
import type { Output } from './command.ts';

/** `text` in lines of at most `width` columns, broken at spaces; a longer word has a line of its own. */
export const wrappedLines = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(last) + 1 + stringWidth(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};

/** Where the text of a line begins: behind its label ("    hole       …"), else behind its indent. */
const textStart = (line: string, width: number): number => {
  const label = /^ *[^\s:]+ {2,}(?=\S)/.exec(line)?.[0].length;
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  const start = label ?? indent;
  return start > width / 2 ? indent : start;
};

/** A line as it fits on a terminal: what is too long is broken at words, and goes on below where its text begins. */
export const fittedLines = (
  line: string,
  { isTTY, columns }: Pick<Output, 'isTTY' | 'columns'>,
): readonly string[] => {
  if (isTTY !== true || columns === undefined || stringWidth(line) <= columns) return [line];
  const start = textStart(line, columns);
  const hanging = ' '.repeat(start);
  return wrappedLines(line.slice(start), columns - start).map((part, at) =>
    at === 0 ? line.slice(0, start) + part : hanging + part,
  );
};
