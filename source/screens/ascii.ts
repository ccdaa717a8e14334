import stringWidth from 'string-width';

/** One ASCII character for each one-cell character of the screens, so that no column moves. */
const replacements = new Map(
  [
    ['─—–‒−‐‑▔', '-'],
    // The rule of the pane in focus stays told apart.
    ['━═', '='],
    ['│┃║', '|'],
    ['┌┐└┘├┤┬┴┼╭╮╯╰', '+'],
    ['…', '~'],
    ['·•∙', '.'],
    ['±', '+'],
    ['×╳✕✗', 'x'],
    ['✓✔', 'v'],
    ['█▓', '#'],
    ['▒', '='],
    ['░', '.'],
    // A sparkline from low to high.
    ['▁', '_'],
    ['▂', '.'],
    ['▃', '-'],
    ['▄', '='],
    ['▅', '+'],
    ['▆', '*'],
    ['▇', '#'],
    ['←‹«◂', '<'],
    ['→›»▸', '>'],
    ['↑▴', '^'],
    ['↓▾', 'v'],
    ['‘’‚', "'"],
    ['“”„', '"'],
  ].flatMap(([from = '', to = '']) => Array.from(from, (character) => [character, to] as const)),
);

const onlyAscii = /^[ -~]*$/;

/**
 * `text` in plain ASCII, as many cells wide as before, for a locale that is not UTF-8: rules, bars,
 * dashes, arrows and sparklines become their nearest look-alike, letters lose their accents, and
 * what is left becomes a `?` for each cell.
 */
export function toAscii(text: string): string {
  if (onlyAscii.test(text)) return text;
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) =>
    asciiCluster(segment),
  ).join('');
}

function asciiCluster(cluster: string): string {
  if (onlyAscii.test(cluster)) return cluster;
  const known = replacements.get(cluster);
  if (known !== undefined) return known;
  const bare = cluster.normalize('NFKD').replaceAll(/\p{Mark}/gu, '');
  const width = stringWidth(cluster);
  return onlyAscii.test(bare) && bare.length === width ? bare : '?'.repeat(width);
}
