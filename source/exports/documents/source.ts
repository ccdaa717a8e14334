import {
  count,
  flag,
  listOf,
  objectOf,
  oneOf,
  orNull,
  sha256,
  text,
  textOrNull,
  time,
} from '../../domain/schema.ts';
import type { Source } from '../../domain/records/source.ts';
import { documentSchema, jsonOf } from '../document.ts';
const sourceMembers = {
  id: text,
  file: text,
  sha256,
  kind: oneOf('audit', 'trace', 'signIns'),
  format: text,
  rows: count,
  accepted: count,
  otherOperations: count,
  duplicates: count,
  conflicts: count,
  damaged: count,
  sideEvents: count,
  bytes: count,
  container: orNull(objectOf({ file: text, sha256 })),
  importedAt: time,
  analyst: text,
  kept: flag,
  origin: oneOf('given', 'fetched'),
  withdrawn: orNull(objectOf({ at: time, analyst: text, because: textOrNull })),
};

export const sourceSchema = objectOf(sourceMembers);

/** As an import reports it: `alreadyImported` says that its content was in the case before. */
export const importedSourceSchema = objectOf({ ...sourceMembers, alreadyImported: flag });

const warningSchema = objectOf({ file: text, line: count, reason: text });

const toJson = jsonOf(sourceSchema);
const importedToJson = jsonOf(importedSourceSchema);

/** `mia.import/1` sources[], keys in the order of the contract; what we add comes after. */
export const sourceJson = (source: Source) =>
  toJson({ ...source, origin: source.origin ?? 'given' });

export const importedSourceJson = (source: Source & { readonly alreadyImported: boolean }) =>
  importedToJson({ ...source, origin: source.origin ?? 'given' });

/** `mia.import/1` warnings[]. */
export const warningJson = jsonOf(warningSchema);

export const importSchema = documentSchema('mia.import/1', 'What an import read', {
  sources: listOf(importedSourceSchema),
  warnings: listOf(warningSchema),
  problems: listOf(objectOf({ file: text, reason: text })),
  notes: listOf(objectOf({ file: text, text })),
  losses: count,
  moreWarnings: count,
});
