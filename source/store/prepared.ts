import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Statements by the names that their texts have. */
export type Prepared<Texts> = { readonly [name in keyof Texts]: StatementSync };

/** Prepares all of `texts`, each once. */
export const prepareAll = <Texts extends Readonly<Record<string, string>>>(
  db: DatabaseSync,
  texts: Texts,
): Prepared<Texts> =>
  Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, db.prepare(text)]),
  ) as Prepared<Texts>;
