import { cellWidth, isOneCellEach } from '../../console/cells.ts';
import { applySgr, type CellStyle } from './cell-style.ts';

/**
 * One row of the screen, exactly as many cells as the screen has columns. A wide character sits in
 * its first cell, the cell after it holds ''. `source` is what the row was read from: rows with the
 * same source and the same length have the same cells.
 */
export interface Row {
  readonly source: string;
  readonly characters: readonly string[];
  readonly styles: readonly CellStyle[];
  /** False when a terminal may measure a character differently than we do (emoji, joined marks). */
  readonly settled: boolean;
}

/** All cells of the screen, from top to bottom. */
export interface Frame {
  readonly columns: number;
  readonly rows: readonly Row[];
}

export interface FrameReader {
  /** The text of a whole frame (lines with SGR sequences) as cells, cut and filled up to the size. */
  read(text: string, columns: number, rows: number): Frame;
}

/** A row of nothing, as an erased line is. */
export function blankRow(columns: number): Row {
  return {
    source: '',
    characters: new Array<string>(columns).fill(' '),
    styles: new Array<CellStyle>(columns).fill(''),
    settled: true,
  };
}

export function blankFrame(columns: number, rows: number): Frame {
  return { columns, rows: new Array<Row>(rows).fill(blankRow(columns)) };
}

/** Remembers the rows of the last frame: a line that came again is not read again. */
export function createFrameReader(): FrameReader {
  let known = new Map<string, Row>();
  let knownColumns = 0;
  return {
    read(text, columns, rows) {
      if (columns !== knownColumns) known = new Map();
      knownColumns = columns;
      const lines = text.split('\n').slice(0, rows);
      const next = new Map<string, Row>();
      const read = (source: string): Row => {
        const row = next.get(source) ?? known.get(source) ?? readRow(source, columns);
        next.set(source, row);
        return row;
      };
      const frame = {
        columns,
        rows: Array.from({ length: rows }, (_, at) => read(lines[at] ?? '')),
      };
      known = next;
      return frame;
    },
  };
}

const sgr = /\u001B\[([\d;]*)m/;
// Nothing but SGR should come from ink; whatever else slipped in must not reach the terminal.
const otherControls = /\u001B\[[^@-~]*[@-~]|\p{Control}/gu;

function readRow(source: string, columns: number): Row {
  const characters: string[] = [];
  const styles: CellStyle[] = [];
  let style: CellStyle = '';
  let settled = true;
  for (const [at, part] of source.split(sgr).entries()) {
    if (at % 2 === 1) {
      style = applySgr(style, part);
      continue;
    }
    for (const cluster of clustersOf(part.replace(otherControls, ''))) {
      const width = cellWidth(cluster);
      if (width === 0 || !isSettled(cluster)) settled = false;
      if (width === 0) joinToLast(characters, cluster);
      else placeCharacter(characters, styles, cluster, width, style, columns);
    }
  }
  while (characters.length < columns) {
    characters.push(' ');
    styles.push('');
  }
  return { source, characters, styles, settled };
}

function placeCharacter(
  characters: string[],
  styles: CellStyle[],
  cluster: string,
  width: number,
  style: CellStyle,
  columns: number,
): void {
  if (characters.length + width > columns) return;
  characters.push(cluster);
  styles.push(style);
  for (let more = 1; more < width; more += 1) {
    characters.push('');
    styles.push(style);
  }
}

/** A mark without a cell of its own belongs to the character before it. */
function joinToLast(characters: string[], mark: string): void {
  const at = characters.findLastIndex((character) => character !== '');
  const base = characters[at];
  if (base !== undefined) characters[at] = base + mark;
}

function clustersOf(text: string): Iterable<string> {
  if (isOneCellEach(text)) return text;
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

/** Wide characters whose width terminals agree on: kana, Han and Hangul. */
const settledWide = /^[\u3041-\u3096\u30A1-\u30FA\u4E00-\u9FFF\uAC00-\uD7A3]$/;

function isSettled(cluster: string): boolean {
  return isOneCellEach(cluster) || settledWide.test(cluster);
}
