/** Parts of a document that a script writes, between `<!-- NAME: … -->` and `<!-- /NAME -->`. */

/** The document with that part replaced. Throws where its markers are not there exactly once. */
export const withPart = (document: string, name: string, content: string): string => {
  const pieces = document.split(new RegExp(`(<!-- ${name}(?::[^>]*)? -->|<!-- /${name} -->)`));
  if (pieces.length !== 5) {
    throw new Error(`The markers <!-- ${name} --> and <!-- /${name} --> must stand there once.`);
  }
  const [before, opening, , closing, after] = pieces;
  return `${before}${opening}\n\n${content.trim()}\n\n${closing}${after}`;
};

/** A Markdown table; cells are text, in which nothing acts. */
export const markdownTable = (
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string => {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
};
