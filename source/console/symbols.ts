/**
 * The characters beyond ASCII that the console draws with. Where the locale is not UTF-8 the screens
 * put ASCII in their place, cell for cell (`screens/ascii.ts`).
 */
export const SYMBOLS = {
  rule: '─',
  /** Of the pane in focus. */
  heavyRule: '━',
  caret: '_',
  /** Where the cursor stays while another pane has the keys. */
  resting: '–',
  dash: '—',
  dot: '·',
  ellipsis: '…',
  arrow: '›',
  selected: '•',
  gap: '╳',
  upTo: '–',
  mixed: '±',
  /** Of a bar: what is done, and what is left. */
  done: '▓',
  left: '░',
  /** From nothing to most. */
  bars: [' ', '▁', '▂', '▃', '▅', '▇'],
} as const;
