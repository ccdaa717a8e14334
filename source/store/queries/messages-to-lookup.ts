import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Mailbox } from '../../domain/sessions/session.ts';
import type { MessageKey } from '../../domain/lookups/wanted-message.ts';
import { LOOKUP_END } from '../records/schema.ts';
import { type ContextScope, messageNumbers, type RowNumbers } from './lists.ts';
import { textOrNull } from './sql-text.ts';

/** Messages looked at in one. */
const CHUNK = 1000;

/** There is metadata, but it may be of a mail to somebody else (`LookupStatus.hasMetadata`). */
const OF_ANOTHER = `(t.text IS NOT NULL AND o.name LIKE '%@%' AND instr(t.text, '"' || lower(o.name) || '"') = 0
  AND NOT EXISTS (SELECT 1 FROM lookups l WHERE l.name = m.message_id AND l.by_item = 0
    AND l.mailbox = mb.ident AND l.outcome = 'found'))`;

const MESSAGES = `SELECT m.message_id, m.item_id, m.mailbox, mb.guid, o.name AS owner
  FROM json_each(?) wanted CROSS JOIN messages m ON m.message = wanted.value
  JOIN mailboxes mb ON mb.mailbox = m.mailbox LEFT JOIN owners o ON o.owner = mb.owner`;

const sql = {
  all: `${MESSAGES} ORDER BY wanted.key`,
  left: `${MESSAGES} LEFT JOIN traces t ON m.traced = 1 AND t.message_id = m.message_id
    WHERE (m.traced = 0 OR ${OF_ANOTHER}) AND (m.lookup_end = 0 OR m.lookup_end = ?) ORDER BY wanted.key`,
} as const;

/** Names messages. Of a hundred thousand in one mailbox, that is one object. */
const namer = () => {
  const mailboxes = new Map<unknown, Mailbox>();
  return (row: Readonly<Record<string, SQLOutputValue>>): MessageKey => {
    const known = mailboxes.get(row['mailbox']);
    const mailbox = known ?? { guid: textOrNull(row['guid']), owner: textOrNull(row['owner']) };
    mailboxes.set(row['mailbox'], mailbox);
    return {
      mailbox,
      internetMessageId: textOrNull(row['message_id']),
      itemId: textOrNull(row['item_id']),
    };
  };
};

/** What names the messages that contexts of a scope accessed, by first access, then id. */
export function* messageKeysOf(db: DatabaseSync, scope: ContextScope): Generator<MessageKey> {
  const list = messageNumbers(db, scope, {}, 'first');
  const statement = db.prepare(sql.all);
  const named = namer();
  for (let at = 0; at < list.length; at += CHUNK)
    for (const row of statement.all(JSON.stringify([...list.subarray(at, at + CHUNK)])))
      yield named(row);
}

/**
 * Messages of a list without metadata of their own that were never looked up (with `failed`: or whose lookup
 * failed), at most `most`: those from index `from` on first, then those before it.
 */
export const messagesToLookup = (
  db: DatabaseSync,
  list: RowNumbers,
  {
    from,
    most,
    failed,
  }: { readonly from: number; readonly most: number; readonly failed: boolean },
): readonly MessageKey[] => {
  const inOrder = [...list.subarray(from), ...list.subarray(0, from)];
  const statement = db.prepare(sql.left);
  const named = namer();
  const found: MessageKey[] = [];
  for (let at = 0; at < inOrder.length && found.length < most; at += CHUNK) {
    const numbers = JSON.stringify(inOrder.slice(at, at + CHUNK));
    for (const row of statement.all(numbers, failed ? LOOKUP_END.failed : 0))
      found.push(named(row));
  }
  return found.slice(0, most);
};
