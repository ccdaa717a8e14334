import { normaliseMessageId } from '../../domain/message-id.ts';
import type { Trace } from '../../domain/trace.ts';
import { unresolvedReason } from '../../domain/unresolved.ts';
import type { OpenCase } from '../../store/open-case.ts';
import { idHash } from '../../store/records/keys.ts';
import type { IdTrace } from '../case-desk.ts';

/** What the case knows of these message ids, in the order they are asked for; with or without <>. */
export function* tracesOfIds(open: OpenCase, ids: Iterable<string>): Generator<IdTrace> {
  open.refresh();
  const trace = open.db.prepare('SELECT text FROM traces WHERE message_id = ?');
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
              null,
            )
          : null,
    };
  }
}
