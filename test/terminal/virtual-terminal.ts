import { EventEmitter } from 'node:events';
import xterm from '@xterm/headless';
import type { IBufferCell, Terminal } from '@xterm/headless';
import stringWidth from 'string-width';
import type { TerminalOutput } from '../../source/screens/terminal/terminal-streams.ts';

/** How a cell looks; `ink` is a number of the palette, undefined for the default colour. */
export interface CellLook {
  readonly character: string;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
  readonly ink: number | undefined;
}

/** A terminal without a window: what a person would see, and nothing of the bytes behind it. */
export interface VirtualTerminal {
  readonly columns: number;
  readonly rows: number;
  write(text: string): Promise<void>;
  resize(columns: number, rows: number): void;
  /** The rows of the screen, blanks at their ends removed. */
  lines(): string[];
  /** Every cell with its look, for comparing two terminals. */
  grid(): string[];
  look(row: number, column: number): CellLook;
  cursor(): { readonly row: number; readonly column: number };
  isAlternate(): boolean;
  isCursorHidden(): boolean;
  isPasteBracketed(): boolean;
  wraps(): boolean;
  /** All bytes that were ever written, in UTF-8. */
  bytesWritten(): number;
  dispose(): void;
}

/** How the terminal measures characters: as we do, or by old tables in which an emoji is one cell. */
export type Measure = 'as we do' | 'by old tables';

export function createVirtualTerminal(
  columns = 80,
  rows = 24,
  measure: Measure = 'as we do',
): VirtualTerminal {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  if (measure === 'as we do') measureLikeUs(terminal);
  let bytes = 0;
  let cursorHidden = false;
  // xterm knows whether the cursor shows, but has no public way to ask.
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, (parameters) => {
    if (parameters.includes(25)) cursorHidden = false;
    return false;
  });
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'l' }, (parameters) => {
    if (parameters.includes(25)) cursorHidden = true;
    return false;
  });
  const screenRows = () => Array.from({ length: terminal.rows }, (_, at) => at);
  const lineAt = (row: number) =>
    terminal.buffer.active.getLine(terminal.buffer.active.baseY + row);
  return {
    get columns() {
      return terminal.cols;
    },
    get rows() {
      return terminal.rows;
    },
    write(text) {
      bytes += Buffer.byteLength(text);
      return new Promise((resolve) => terminal.write(text, resolve));
    },
    resize: (newColumns, newRows) => terminal.resize(newColumns, newRows),
    lines: () => screenRows().map((row) => lineAt(row)?.translateToString(true) ?? ''),
    grid: () =>
      screenRows().map((row) => {
        const line = lineAt(row);
        const cells = Array.from({ length: terminal.cols }, (_, at) => line?.getCell(at));
        return cells.map((cell) => (cell === undefined ? '?' : cellCode(cell))).join('');
      }),
    look(row, column) {
      const cell = lineAt(row)?.getCell(column);
      if (cell === undefined) throw new RangeError(`no cell at ${row}, ${column}`);
      return {
        character: cell.getChars(),
        bold: cell.isBold() !== 0,
        dim: cell.isDim() !== 0,
        inverse: cell.isInverse() !== 0,
        ink: cell.isFgDefault() ? undefined : cell.getFgColor(),
      };
    },
    cursor: () => ({ row: terminal.buffer.active.cursorY, column: terminal.buffer.active.cursorX }),
    isAlternate: () => terminal.buffer.active.type === 'alternate',
    isCursorHidden: () => cursorHidden,
    isPasteBracketed: () => terminal.modes.bracketedPasteMode,
    wraps: () => terminal.modes.wraparoundMode,
    bytesWritten: () => bytes,
    dispose: () => terminal.dispose(),
  };
}

/** xterm's own tables are of Unicode 6; a terminal that measures like ours tells our faults from its. */
function measureLikeUs(terminal: Terminal): void {
  const wcwidth = (codePoint: number): 0 | 1 | 2 => {
    const width = stringWidth(String.fromCodePoint(codePoint));
    return width === 0 ? 0 : width === 1 ? 1 : 2;
  };
  terminal.unicode.register({
    version: 'string-width',
    wcwidth,
    // The packing of xterm's own providers: width in bits 1 and 2, "joins the cell before" in bit 0.
    charProperties(codePoint, preceding) {
      const width = wcwidth(codePoint);
      const precedingWidth = (preceding >> 1) & 3;
      const joins = width === 0 && precedingWidth !== 0;
      return ((joins ? precedingWidth : width) << 1) | (joins ? 1 : 0);
    },
  });
  terminal.unicode.activeVersion = 'string-width';
}

function cellCode(cell: IBufferCell): string {
  const style = [
    cell.isBold() ? 'b' : '',
    cell.isDim() ? 'd' : '',
    cell.isInverse() ? 'i' : '',
    cell.isUnderline() ? 'u' : '',
    cell.isFgDefault() ? '' : `f${cell.getFgColor()}`,
    cell.isBgDefault() ? '' : `g${cell.getBgColor()}`,
  ].join('');
  // A cell never written and one that holds a space look the same.
  const character = cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
  return style === '' ? character : `{${style}:${character}}`;
}

/** A stdout in front of a virtual terminal, that can be made to hang as a stalled line does. */
export interface VirtualOutput extends TerminalOutput {
  readonly isTTY: true;
  /** Resolves when all that was written so far is on the screen. */
  settled(): Promise<void>;
  resizeTo(columns: number, rows: number): void;
  /** From now on nothing is taken; the callbacks of writes wait until `flow`. */
  stall(): void;
  flow(): void;
  /** Each write as it came. */
  readonly writes: readonly string[];
}

export function outputOf(terminal: VirtualTerminal): VirtualOutput {
  const events = new EventEmitter();
  const writes: string[] = [];
  let waiting: (() => void)[] | undefined;
  let last: Promise<void> = Promise.resolve();
  return {
    isTTY: true,
    writes,
    get columns() {
      return terminal.columns;
    },
    get rows() {
      return terminal.rows;
    },
    write(text, done) {
      writes.push(text);
      const pass = () => {
        last = terminal.write(text).then(() => done?.());
      };
      if (waiting === undefined) pass();
      else waiting.push(pass);
      return waiting === undefined;
    },
    on: (event, listener) => events.on(event, listener),
    off: (event, listener) => events.off(event, listener),
    async settled() {
      let seen: Promise<void> | undefined;
      while (seen !== last) {
        seen = last;
        await seen;
      }
    },
    resizeTo(columns, rows) {
      terminal.resize(columns, rows);
      events.emit('resize');
    },
    stall() {
      waiting = [];
    },
    flow() {
      const passes = waiting ?? [];
      waiting = undefined;
      for (const pass of passes) pass();
    },
  };
}
