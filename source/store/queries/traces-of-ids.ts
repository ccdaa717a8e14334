import { storedJson } from '../../domain/disk-trouble.ts';
import { normaliseMessageId } from '../../domain/records/stated.ts';
import type { Trace, Unresolved } from '../../domain/lookups/trace.ts';
import { endOfAll, type LookupOutcome } from '../../domain/lookups/lookup.ts';
import { type LookupEnd, unresolvedReason } from '../../domain/exposure/unresolved.ts';
import type { DatabaseSync } from 'node:sqlite';
import { lookupEnd } from '../records/known-lookups.ts';
import { prepareAll } from '../prepared.ts';
import { idHash } from '../records/keys.ts';

/** A message id and what is known of it. `inCase`: an audit record lists it. */
export interface IdTrace {
  readonly internetMessageId: string;
  readonly inCase: boolean;
  readonly trace: Trace | null;
  readonly unresolved: Unresolved | null;
}

/** What is asked for each id. */
export const ID_SQL = {
  trace: 'SELECT text FROM traces WHERE message_id = ?',
  /** Asked for without a mailbox, as ids are that no record of the case names. */
  asked: "SELECT outcome FROM lookups WHERE name = ? AND by_item = 0 AND mailbox = ''",
  messages: 'SELECT message, lookup_end FROM messages WHERE hash = ? AND message_id = ?',
  // Not joined with them: of the view of copies SQLite would make an index anew for each id.
  folders: `SELECT coalesce(f.name, f.id) AS name FROM copies c
    LEFT JOIN folders f ON f.folder = c.folder WHERE c.message = ?`,
} as const;

/**
 * How the lookups of an id ended. One mail stands in many mailboxes: where it was not looked up for
 * one of them, that much is open.
 */
const endOfId = (
  stored: readonly (LookupEnd | null)[],
  asked: readonly LookupOutcome[],
): LookupEnd | null => {
  const ends = stored.length === 0 ? [endOfAll(asked)] : stored;
  return ends.includes(null) ? null : endOfAll(ends.flatMap((end) => end ?? []));
};

/** What the case knows of these message ids, in the order they are asked for; with or without <>. */
export function* tracesOfIds(db: DatabaseSync, ids: Iterable<string>): Generator<IdTrace> {
  const { trace, asked, messages, folders } = prepareAll(db, ID_SQL);
  for (const raw of ids) {
    const id = normaliseMessageId(raw);
    if (id === null) continue;
    const known = trace.get(id);
    const stored = messages.all(idHash(id), id);
    yield {
      internetMessageId: id,
      inCase: stored.length > 0,
      trace: known === undefined ? null : (storedJson(known['text']) as Trace),
      unresolved:
        known === undefined
          ? unresolvedReason(
              stored
                .flatMap((row) => folders.all(Number(row['message'])))
                .flatMap((row) => (row['name'] ?? []) as string | never[]),
              endOfId(
                stored.map((row) => lookupEnd(row['lookup_end'])),
                asked.all(id).map((row) => row['outcome'] as LookupOutcome),
              ),
            )
          : null,
    };
  }
}
