import {
  count,
  flag,
  integer,
  listOf,
  mapOf,
  objectOf,
  orNull,
  text,
  textOrNull,
  time,
} from '../domain/schema.ts';

const statedWindow = objectOf(
  { from: textOrNull, to: textOrNull },
  { because: textOrNull, analyst: text, at: text },
);

const source = objectOf(
  { id: text, sha256: text },
  {
    ...{ file: text, kind: text, format: text, bytes: count, importedAt: text, analyst: text },
    ...{ rows: count, accepted: count, otherOperations: count, duplicates: count },
    ...{
      sideEvents: count,
      conflicts: count,
      damaged: count,
      kept: flag,
      path: textOrNull,
      origin: text,
    },
    container: orNull(objectOf({ file: text, sha256: text })),
    withdrawn: orNull(objectOf({ at: text, analyst: text, because: textOrNull })),
  },
);

const anObject = mapOf({});
const toAffirm = objectOf({ of: text, text });

/** What a case file must be to be read: an older mia wrote less of it, a newer one may write more. */
export const CASE_FILE = objectOf(
  { version: integer },
  {
    title: textOrNull,
    analyst: textOrNull,
    window: orNull(statedWindow),
    windows: orNull(mapOf(statedWindow)),
    sources: listOf(source),
    fetches: listOf(
      objectOf({ id: text, queries: listOf(anObject), asked: objectOf({ to: time }) }),
    ),
    lookUps: listOf(objectOf({ startedAt: text, statement: anObject })),
    settings: orNull(anObject),
    anchoredSince: orNull(objectOf({ at: text, decisions: count })),
    toAffirm: listOf(toAffirm),
    affirmed: listOf(toAffirm),
  },
);
