import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createFrameReader, type Frame } from '../../../source/screens/terminal/frame.ts';
import { frameDifference } from '../../../source/screens/terminal/frame-difference.ts';
import { createVirtualTerminal, type VirtualTerminal } from '../../terminal/virtual-terminal.ts';

const styled = (text: string, sgr: string) =>
  sgr === '' ? text : `\u001B[${sgr}m${text}\u001B[0m`;

const read = (lines: readonly string[], columns: number): Frame =>
  createFrameReader().read(lines.join('\n'), columns, lines.length);

/** The plainest way to put a frame on a terminal: every line whole, each at its own place. */
async function writeWhole(terminal: VirtualTerminal, lines: readonly string[]): Promise<void> {
  const rows = lines.map((line, at) => `\u001B[${at + 1}H\u001B[m${line}`);
  await terminal.write(`\u001B[?7l\u001B[m\u001B[2J${rows.join('')}`);
}

const word = fc.constantFrom(
  'abc', 'Inbox', ' ', '      ', '>', '95.96.75.118', '─────', '▁▂▃▅▇', '╳', '日本', '語', 'é', 'e\u0301',
  '한국', '🎉', '…', '±', 'ภาษา', 'Ω',
); // prettier-ignore
const sgr = fc.constantFrom('', '', '', '1', '2', '31', '1;32', '36', '38;5;200', '7');
const span = fc.tuple(word, sgr).map(([text, style]) => styled(text, style));
const line = fc.array(span, { maxLength: 7 }).map((spans) => spans.join(''));

/** What happens from one frame to the next: as on a real screen, mostly little, and often a scroll. */
type Step =
  | { readonly kind: 'replace'; readonly at: number; readonly line: string }
  | { readonly kind: 'scroll'; readonly top: number; readonly height: number; readonly by: number; readonly fill: readonly string[] }
  | { readonly kind: 'redraw'; readonly lines: readonly string[] }
  | { readonly kind: 'resize'; readonly columns: number; readonly rows: number }; // prettier-ignore

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('replace' as const), at: fc.nat(11), line }),
  fc.record({
    kind: fc.constant('scroll' as const),
    top: fc.nat(8),
    height: fc.integer({ min: 2, max: 12 }),
    by: fc.integer({ min: -4, max: 4 }),
    fill: fc.array(line, { minLength: 4, maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('redraw' as const), lines: fc.array(line, { maxLength: 12 }) }),
  fc.record({
    kind: fc.constant('resize' as const),
    columns: fc.integer({ min: 3, max: 40 }),
    rows: fc.integer({ min: 2, max: 14 }),
  }),
);

function nextLines(lines: readonly string[], change: Step): string[] {
  const next = [...lines];
  if (change.kind === 'replace' && change.at < next.length) next[change.at] = change.line;
  if (change.kind === 'redraw') return next.map((_, at) => change.lines[at] ?? '');
  if (change.kind === 'scroll') {
    const { top, by } = change;
    const bottom = Math.min(top + change.height, next.length) - 1;
    for (let at = top; at <= bottom; at += 1) {
      const from = at + by;
      const fill = change.fill[at % 4] ?? '';
      next[at] = from < top || from > bottom ? fill : (lines[from] ?? '');
    }
  }
  return next;
}

describe('the difference between two frames', () => {
  it('shows, after any sequence of frames, what writing each frame whole shows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const shown = createVirtualTerminal(30, 10);
        const expected = createVirtualTerminal(30, 10);
        const reader = createFrameReader();
        let before: Frame | undefined;
        let lines = new Array<string>(10).fill('');
        for (const change of steps) {
          if (change.kind === 'resize') {
            shown.resize(change.columns, change.rows);
            expected.resize(change.columns, change.rows);
            lines = Array.from({ length: change.rows }, (_, at) => lines[at] ?? '');
          }
          lines = nextLines(lines, change);
          const after = reader.read(lines.join('\n'), shown.columns, shown.rows);
          const whole = read(lines, shown.columns);
          await Promise.all([
            shown.write(`\u001B[?7l${frameDifference(before, after, { scrollRegions: true })}`),
            writeWhole(expected, whole.rows.map(textOf)),
          ]);
          assert.deepEqual(shown.grid(), expected.grid());
          before = after;
        }
        shown.dispose();
        expected.dispose();
      }),
      { numRuns: 150 },
    );
  });

  it('is nothing when nothing changed', () => {
    const lines = ['one', styled('two', '31'), '日本'];
    assert.equal(frameDifference(read(lines, 20), read(lines, 20), { scrollRegions: true }), '');
  });

  it('moves a cursor glyph down one row in a few bytes', () => {
    const rows = (cursor: number) =>
      Array.from({ length: 10 }, (_, at) => `${at === cursor ? '>' : ' '} row number ${at}`);
    const bytes = frameDifference(read(rows(3), 40), read(rows(4), 40), { scrollRegions: true });
    assert.equal(bytes, '\u001B[4H \u001B[5H>');
  });

  it('scrolls a list within its rows, and leaves what is above and below alone', async () => {
    const frame = (first: number) => [
      'a title that stays',
      ...Array.from({ length: 8 }, (_, at) => `  row ${first + at}, user ${(first + at) * 7919}`),
      'a footer that stays',
    ];
    const bytes = frameDifference(read(frame(0), 40), read(frame(1), 40), { scrollRegions: true });
    assert.match(bytes, /^\u001B\[2;9r\u001B\[2H\u001B\[M\u001B\[r/);
    assert.ok(Buffer.byteLength(bytes) < 60, `${Buffer.byteLength(bytes)} bytes`);
    const terminal = createVirtualTerminal(40, 10);
    await terminal.write(frameDifference(undefined, read(frame(0), 40), { scrollRegions: true }));
    await terminal.write(bytes);
    assert.deepEqual(terminal.lines(), frame(1));
  });

  it('asks for no scroll where the terminal has none', () => {
    const frame = (first: number) =>
      Array.from({ length: 8 }, (_, at) => `  row ${first + at}, user ${(first + at) * 7919}`);
    const bytes = frameDifference(read(frame(0), 40), read(frame(1), 40), { scrollRegions: false });
    assert.doesNotMatch(bytes, /\u001B\[\d+;\d+r/);
  });

  it('keeps columns in line on a terminal that takes an emoji for one cell', async () => {
    const terminal = createVirtualTerminal(20, 2, 'by old tables');
    const frames = [
      ['a 🎉 here', 'plain'],
      ['b 🎉 here', 'plain'],
      ['b 🎉🎉 there', 'b 🎉 here'],
    ].map((lines) => read(lines, 20));
    let before: Frame | undefined;
    for (const after of frames) {
      await terminal.write(`\u001B[?7l${frameDifference(before, after, { scrollRegions: true })}`);
      before = after;
    }
    assert.deepEqual(terminal.lines(), ['b 🎉 🎉  there', 'b 🎉  here']);
  });

  it('lets no control sequence but a style through', () => {
    const bytes = frameDifference(undefined, read(['a\u001B[2Jb\u0007c\u009Bd'], 20), {
      scrollRegions: true,
    });
    assert.equal(bytes, '\u001B[m\u001B[r\u001B[2J\u001B[Habcd');
  });
});

/** A row as text again: what the reference writes is cut to the size just as the frame is. */
function textOf(row: Frame['rows'][number]): string {
  return row.characters
    .map((character, at) => {
      if (character === '') return '';
      return styled(character, row.styles[at] ?? '');
    })
    .join('');
}
