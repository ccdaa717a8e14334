import { openRows, type RowReader } from '../../source/formats/open-rows.ts';
import type { Row } from '../../source/formats/format.ts';

const HEAD = 256 * 1024;

export interface ReadFile {
  readonly reader: RowReader;
  readonly rows: readonly Row[];
}

/** Reads a file that must be recognised, in chunks of `chunk` bytes. */
export const readFile = (file: string | Uint8Array, chunk = 1 << 16): ReadFile => {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const opened = openRows(bytes.subarray(0, HEAD), bytes.length <= HEAD);
  if ('problem' in opened) throw new Error(opened.problem);
  const { reader } = opened;
  const rows: Row[] = [];
  for (let at = 0; at < bytes.length; at += chunk) {
    rows.push(...reader.push(bytes.subarray(at, at + chunk)));
  }
  rows.push(...reader.end());
  return { reader, rows };
};

export const rowsOf = (file: string | Uint8Array, chunk?: number): readonly Row[] =>
  readFile(file, chunk).rows;

export const problemOf = (file: string | Uint8Array): string => {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const opened = openRows(bytes.subarray(0, HEAD), bytes.length <= HEAD);
  return 'problem' in opened ? opened.problem : `recognised as ${opened.reader.format.name}`;
};

/** A row in a few words: its record's id, or why it is damaged. */
export const inShort = ({ line, content }: Row): string =>
  content.kind === 'audit'
    ? `${line} ${String(content.auditData['Id'])}`
    : content.kind === 'damaged'
      ? `${line} damaged: ${content.reason}`
      : `${line} trace`;
