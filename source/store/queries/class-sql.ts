import type { DatabaseSync } from 'node:sqlite';
import {
  classIndex,
  classMask,
  EXPOSURE_CLASSES,
  FACT,
  NOTHING_JUDGED,
} from '../../domain/exposure/exposure-class.ts';
import type { MessageColumns } from './message-columns.ts';

/**
 * The facts of a message `m` (bits of FACT), where `CLASS_JOINS` are joined: what was judged of it
 * (message_facts), what is presumed of its mailbox (presumed_whole), and its folders (folder_exposed).
 */
export const FACTS_SQL = `(coalesce(mf.facts, ${NOTHING_JUDGED}) | coalesce(pw.facts, 0)
  | CASE WHEN fe.message IS NULL THEN 0 ELSE ${FACT.syncedFolder} END)`;

export const CLASS_JOINS = `LEFT JOIN message_facts mf ON mf.message = m.message
  LEFT JOIN presumed_whole pw ON pw.mailbox = m.mailbox
  LEFT JOIN folder_exposed fe ON fe.message = m.message`;

const branches = EXPOSURE_CLASSES.flatMap((name, at) => {
  const mask = classMask(name);
  return mask === 0 ? [] : [`WHEN ${FACTS_SQL} & ${mask} THEN ${at}`];
});

/** The class of a message as an index into EXPOSURE_CLASSES: the rule of domain/exposure-class.ts. */
export const CLASS_SQL = `CASE ${branches.join(' ')} ELSE ${EXPOSURE_CLASSES.length - 1} END`;

const numbers = (db: DatabaseSync, sql: string): readonly (readonly [number, number])[] =>
  db
    .prepare(sql)
    .all()
    .map((row) => [Number(row['at']), Number(row['facts'])]);

/** Class of every message by its number, as CLASS_SQL gives it; presumed_whole must be filled. */
export const classColumn = (db: DatabaseSync, columns: MessageColumns): Uint8Array => {
  const ofMailbox = new Map(numbers(db, 'SELECT mailbox AS at, facts FROM presumed_whole'));
  const facts = new Uint8Array(columns.size).fill(NOTHING_JUDGED);
  for (const [at, judged] of numbers(db, 'SELECT message AS at, facts FROM message_facts'))
    facts[at] = judged;
  for (const [at, folder] of numbers(
    db,
    `SELECT message AS at, ${FACT.syncedFolder} AS facts FROM folder_exposed`,
  ))
    facts[at] = (facts[at] ?? 0) | folder;
  const classes = facts;
  const mailbox = columns.mailbox();
  for (const [at, own] of facts.entries())
    classes[at] = classIndex(own | (ofMailbox.get(mailbox[at] ?? 0) ?? 0));
  return classes;
};
