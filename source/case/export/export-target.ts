import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from '../../domain/problem.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { ExportFormat, ExportPart } from '../../exports/exported-case.ts';
import { EXPORT_FORMATS, exportFormat, exportPart } from '../../exports/registry.ts';
import { makeFolder } from '../../store/make-folder.ts';

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

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** Makes a folder for what is to be written there, for its owner alone, and those above it. */
const makeMissing = (folder: string): void => {
  if (isThere(folder)) return;
  try {
    makeFolder(folder);
  } catch (error) {
    throw new Problem(
      `The folder ${forTerminal(folder)} could not be made.`,
      'Choose another place with --out.',
      { cause: error },
    );
  }
};

/** Whether `out` is a folder, or meant as one by the slash at its end. */
const isFolder = (out: string): boolean =>
  statSync(out, { throwIfNoEntry: false })?.isDirectory() ?? /[\\/]$/.test(out);

/**
 * The files of an export: an `--out` folder gets all parts under their own names, a file gets one. The
 * folder they lie in is made where it is not there.
 * @throws Problem where it can't be.
 */
export const exportTargets = (
  formatName: string,
  sheet: string | null,
  out: string,
): readonly ExportTarget[] => {
  const format = knownFormat(formatName);
  const named = sheet === null ? null : knownPart(format, sheet);
  const intoFolder = isFolder(out);
  makeMissing(intoFolder ? out : dirname(out));
  if (!intoFolder) return [{ part: named ?? format.parts[0], path: out }];
  const parts = named === null ? format.parts : [named];
  return parts.map((part) => ({ part, path: join(out, part.fileName) }));
};
