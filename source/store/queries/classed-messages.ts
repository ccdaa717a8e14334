import type { DatabaseSync } from 'node:sqlite';
import { EXPOSURE_CLASSES, type ExposureClass } from '../../domain/exposure/exposure-class.ts';
import type { Mailbox } from '../../domain/sessions/session.ts';
import { CLASS_JOINS, CLASS_SQL } from './class-sql.ts';
import { textOrNull } from './sql-text.ts';

export interface ClassedMessage {
  /** What tells mailboxes apart, alike in every case. */
  readonly ident: string;
  readonly mailbox: Mailbox;
  readonly internetMessageId: string | null;
  readonly itemId: string | null;
  readonly class: ExposureClass;
}

const CLASSED = `SELECT mb.ident, mb.guid, o.name AS owner, m.message_id, m.item_id, ${CLASS_SQL} AS class
  FROM messages m JOIN mailboxes mb ON mb.mailbox = m.mailbox LEFT JOIN owners o ON o.owner = mb.owner
  ${CLASS_JOINS} ORDER BY mb.ident, m.message_id, m.item_id`;

/**
 * Every message with its class, by mailbox and id in the order of their UTF-8, null first.
 * presumed_whole must be filled for the case.
 */
export function* classedMessages(db: DatabaseSync): Generator<ClassedMessage> {
  for (const row of db.prepare(CLASSED).iterate())
    yield {
      ident: String(row['ident']),
      mailbox: { guid: textOrNull(row['guid']), owner: textOrNull(row['owner']) },
      internetMessageId: textOrNull(row['message_id']),
      itemId: textOrNull(row['item_id']),
      class: EXPOSURE_CLASSES[Number(row['class'])] ?? 'open',
    };
}
