import { decodeText } from '../bytes/decode.ts';
import { DOUBLED, type RecordBounds } from './scan-record.ts';

/** The buffer in which a cell of a record of `bytes` stands. */
const standsIn = (bytes: Buffer, bounds: RecordBounds, cell: number): Buffer =>
  bounds.cells[cell * 3 + 2] === DOUBLED ? bounds.single : bytes;

/** Text of one cell, doubled quotes made single. */
export const cellText = (bytes: Buffer, bounds: RecordBounds, cell: number): string => {
  const [start, end] = [bounds.cells[cell * 3] ?? 0, bounds.cells[cell * 3 + 1] ?? 0];
  return decodeText(standsIn(bytes, bounds, cell), start, end);
};
