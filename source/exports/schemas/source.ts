import {
  count,
  objectOf,
  flag,
  oneOf,
  orNull,
  sha256,
  text,
  textOrNull,
  time,
  type Schema,
} from './parts.ts';

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
  bytes: count,
  container: orNull(objectOf({ file: text, sha256 })),
  importedAt: time,
  analyst: text,
  kept: flag,
  origin: oneOf('given', 'fetched'),
  withdrawn: orNull(objectOf({ at: time, analyst: text, because: textOrNull })),
} satisfies { [name: string]: Schema };

export const sourceSchema = objectOf(sourceMembers);

/** As an import reports it: `alreadyImported` says that its content was in the case before. */
export const importedSourceSchema = objectOf({ ...sourceMembers, alreadyImported: flag });

export const warningSchema = objectOf({ file: text, line: count, reason: text });
