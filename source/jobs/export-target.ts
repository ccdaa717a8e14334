import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../domain/problem.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { ExportFormat, ExportPart } from '../exports/exported-case.ts';
import { EXPORT_FORMATS, exportFormat, exportPart } from '../exports/registry.ts';

export interface ExportTarget {
  readonly part: ExportPart;
  readonly path: string;
}

const namesOf = (things: readonly { readonly name: string }[]): string =>
  things.map(({ name }) => name).join(', ');

const knownFormat = (name: string): ExportFormat => {
  const format = exportFormat(name);
  if (format !== undefined) return format;
  throw new Problem(
    `There is no export format "${forTerminal(name)}".`,
    `Use one of ${namesOf(EXPORT_FORMATS)}.`,
  );
};

const knownPart = (format: ExportFormat, name: string): ExportPart => {
  const part = exportPart(format, name);
  if (part !== undefined) return part;
  throw new Problem(
    `An export as ${format.name} has no sheet "${forTerminal(name)}".`,
    `It has ${namesOf(format.parts)}.`,
  );
};

/** The part that is written where only one can be: the one named, else the first. */
export const singlePart = (formatName: string, sheet: string | null): ExportPart => {
  const format = knownFormat(formatName);
  return sheet === null ? format.parts[0] : knownPart(format, sheet);
};

/** Whether `out` is a folder; one that is meant as such by the slash at its end is made. */
const isFolder = (out: string): boolean => {
  const found = statSync(out, { throwIfNoEntry: false });
  if (found !== undefined) return found.isDirectory();
  if (!/[\\/]$/.test(out)) return false;
  try {
    mkdirSync(out, { mode: 0o700 });
    return true;
  } catch (error) {
    throw new Problem(
      `The folder ${forTerminal(out)} could not be made.`,
      'Make the folder it is to lie in first, or choose another place with --out.',
      { cause: error },
    );
  }
};

/** The files of an export: an `--out` folder gets all parts under their own names, a file gets one. */
export const exportTargets = (
  formatName: string,
  sheet: string | null,
  out: string,
): readonly ExportTarget[] => {
  const format = knownFormat(formatName);
  const named = sheet === null ? null : knownPart(format, sheet);
  if (!isFolder(out)) return [{ part: named ?? format.parts[0], path: out }];
  const parts = named === null ? format.parts : [named];
  return parts.map((part) => ({ part, path: join(out, part.fileName) }));
};
