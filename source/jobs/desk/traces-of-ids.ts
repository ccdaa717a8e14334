import { normaliseMessageId } from '../../domain/message-id.ts';
import type { Trace } from '../../domain/trace.ts';
import { endOfAll, type LookupOutcome } from '../../domain/lookup.ts';
import { type LookupEnd, unresolvedReason } from '../../domain/unresolved.ts';
import type { OpenCase } from '../../store/open-case.ts';
import { lookupEnd } from '../../store/queries/lookup-end.ts';
import { idHash } from '../../store/records/keys.ts';
import type { IdTrace } from '../case-desk.ts';

/** Asked for without a mailbox, as ids are that no record of the case names. */
const ASKED = "SELECT outcome FROM lookups WHERE name = ? AND by_item = 0 AND mailbox = ''";

/**
 * How the look-ups of an id ended. One mail stands in many mailboxes: where it was not looked up for
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
export function* tracesOfIds(open: OpenCase, ids: Iterable<string>): Generator<IdTrace> {
  open.refresh();
  const trace = open.db.prepare('SELECT text FROM traces WHERE message_id = ?');
  const asked = open.db.prepare(ASKED);
  const ends = open.db.prepare(
    'SELECT DISTINCT lookup_end FROM messages WHERE hash = ? AND message_id = ?',
  );
  const folders = open.db.prepare(`SELECT DISTINCT coalesce(f.name, f.id) AS name FROM messages m
    JOIN copies c ON c.message = m.message LEFT JOIN folders f ON f.folder = c.folder WHERE m.hash = ? AND m.message_id = ?`);
  for (const raw of ids) {
    const id = normaliseMessageId(raw);
    if (id === null) continue;
    const known = trace.get(id);
    const names = folders.all(idHash(id), id);
    yield {
      internetMessageId: id,
      inCase: names.length > 0,
      trace: known === undefined ? null : (JSON.parse(known['text'] as string) as Trace),
      unresolved:
        known === undefined
          ? unresolvedReason(
              names.flatMap((row) => (row['name'] ?? []) as string | never[]),
              endOfId(
                ends.all(idHash(id), id).map((row) => lookupEnd(row['lookup_end'])),
                asked.all(id).map((row) => row['outcome'] as LookupOutcome),
              ),
            )
          : null,
    };
  }
}
