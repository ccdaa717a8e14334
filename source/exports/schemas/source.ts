import { count, exactly, flag, oneOf, orNull, sha256, text, textOrNull, time } from './parts.ts';

export const sourceSchema = exactly({
  id: text,
  file: text,
  sha256,
  kind: oneOf('audit', 'trace'),
  format: text,
  rows: count,
  accepted: count,
  otherOperations: count,
  duplicates: count,
  conflicts: count,
  damaged: count,
  bytes: count,
  container: orNull(exactly({ file: text, sha256 })),
  importedAt: time,
  analyst: text,
  kept: flag,
  withdrawn: orNull(exactly({ at: time, analyst: text, because: textOrNull })),
});

export const warningSchema = exactly({ file: text, line: count, reason: text });
