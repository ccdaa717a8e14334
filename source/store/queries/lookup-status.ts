import type { DatabaseSync } from 'node:sqlite';
import { storedJson } from '../../domain/disk-trouble.ts';
import type {
  LookedUpMessage,
  LookedUpTraffic,
  LookupService,
} from '../../domain/lookups/lookup.ts';
import { mailAddress } from '../../domain/addresses/mail-address.ts';
import type { Trace } from '../../domain/lookups/trace.ts';
import type { MessageKey, WantedMessage } from '../../domain/lookups/wanted-message.ts';
import { idHash } from '../records/keys.ts';
import { toIso } from '../records/record-time.ts';
import { type Prepared, prepareAll } from '../prepared.ts';
import { textOrNull } from './sql-text.ts';

const MESSAGE = `SELECT m.message, m.message_id, m.item_id, m.traced, mb.ident, mb.guid, o.name AS owner,
    (SELECT min(a.first) FROM accesses a WHERE a.message = m.message) AS first
  FROM messages m JOIN mailboxes mb ON mb.mailbox = m.mailbox LEFT JOIN owners o ON o.owner = mb.owner`;

const sql = {
  identified: `${MESSAGE} WHERE m.hash = ? AND m.message_id = ?`,
  unidentified: `${MESSAGE} WHERE m.hash = ? AND m.message_id IS NULL AND m.item_id = ?`,
  copies: `SELECT item_id, immutable_id FROM copies WHERE message = ? ORDER BY ordinal`,
  traced: `SELECT text FROM traces WHERE message_id = ? AND source <> 'auditRecord'`,
  foundIn: `SELECT 1 FROM lookups WHERE name = ? AND by_item = 0 AND mailbox = ? AND outcome = 'found'`,
  tracedItem: `SELECT max(m.traced) AS traced FROM messages m JOIN mailboxes mb ON mb.mailbox = m.mailbox
    WHERE m.hash = ? AND m.message_id IS NULL AND m.item_id = ? AND mb.ident = ?`,
  end: `SELECT outcome, how, at FROM lookups WHERE name = ? AND by_item = ? AND mailbox = ? AND service = ?`,
  traffic: `SELECT from_time, to_time, rows, complete, at FROM lookup_traffic
    WHERE address = ? AND direction = ? AND (source IS NULL OR source IN (SELECT sha256 FROM sources))
    ORDER BY traffic`,
  latest: `SELECT max((SELECT coalesce(max(at), 0) FROM lookups),
    (SELECT coalesce(max(at), 0) FROM lookup_traffic)) AS at`,
  formerOwners:
    'SELECT 1 FROM owners WHERE owner NOT IN (SELECT owner FROM mailboxes WHERE owner IS NOT NULL) LIMIT 1',
  owner: 'SELECT o.name FROM mailboxes m JOIN owners o ON o.owner = m.owner WHERE m.ident = ?',
  owners: `SELECT DISTINCT o.name FROM mailboxes m JOIN contexts c ON c.mailbox = m.mailbox
    JOIN records r ON r.context = c.context JOIN owners o ON o.owner = r.owner WHERE m.ident = ?`,
} as const;

type Statements = Prepared<typeof sql>;

/** A range of traffic that was read. Times are epoch milliseconds. */
export interface ReadRange {
  readonly from: number;
  readonly to: number;
  readonly complete: boolean;
  readonly at: number;
}

type ItemIds = Pick<WantedMessage, 'itemIds' | 'immutableIds'>;
type Whose = Pick<WantedMessage, 'mailbox' | 'guid' | 'owner'>;

const NO_IDS: ItemIds = { itemIds: [], immutableIds: [] };

/** What the case knows of messages to look up, and of what was looked up before. */
export class LookupStatus {
  readonly #statements: Statements;
  /** Of a hundred thousand messages of one mailbox each would have its name as a string of its own. */
  readonly #mailboxes = new Map<string | null, Whose>();

  /** Good until records.db is replaced by a rebuild. */
  constructor(db: DatabaseSync) {
    this.#statements = prepareAll(db, sql);
  }

  /** The messages that a key names: one in each mailbox where it names none, or one without a mailbox. */
  resolve({ mailbox, internetMessageId: id, itemId }: MessageKey): readonly WantedMessage[] {
    const name = id ?? itemId;
    if (name === null) return [];
    const find = id === null ? this.#statements.unidentified : this.#statements.identified;
    const ident = mailbox === null ? null : (mailbox.guid ?? `owner:${mailbox.owner ?? ''}`);
    const found = find
      .all(idHash(name), name)
      .filter((row) => ident === null || row['ident'] === ident)
      .map((row) => this.#wanted(row, id, id === null ? this.#itemIds(row) : NO_IDS));
    if (found.length > 0 || ident !== null || id === null) return found;
    const none = { mailbox: null, guid: null, owner: null, itemId: null, firstAccess: null };
    return [{ ...none, messageId: id, ...NO_IDS }];
  }

  #wanted(row: Record<string, unknown>, messageId: string | null, ids: ItemIds): WantedMessage {
    const { mailbox, guid, owner } = this.#mailbox(row);
    return {
      mailbox,
      guid,
      owner,
      messageId,
      itemId: textOrNull(row['item_id']),
      itemIds: ids.itemIds,
      immutableIds: ids.immutableIds,
      firstAccess: row['first'] === null ? null : toIso(Number(row['first'])),
    };
  }

  #itemIds(row: Record<string, unknown>): ItemIds {
    const copies = this.#statements.copies.all(Number(row['message']));
    const distinct = (column: string): readonly string[] => [
      ...new Set(copies.flatMap((copy) => textOrNull(copy[column]) ?? [])),
    ];
    return { itemIds: distinct('item_id'), immutableIds: distinct('immutable_id') };
  }

  /** The owner is the newest name that records have, so it may change. */
  #mailbox(row: Record<string, unknown>): Whose {
    const [ident, owner] = [textOrNull(row['ident']), textOrNull(row['owner'])];
    const known = this.#mailboxes.get(ident);
    if (known !== undefined && known.owner === owner) return known;
    const mailbox = { mailbox: ident, guid: textOrNull(row['guid']), owner };
    this.#mailboxes.set(ident, mailbox);
    return mailbox;
  }

  /**
   * Whether there is no need to ask: more is known than the subject, which audit records may carry, and
   * that of this mailbox. Senders set ids: whoever knows one can send another mail with it to somebody
   * else, and metadata that names neither end of this mailbox may be of that one. It counts once this
   * mailbox was looked through, too.
   */
  hasMetadata(message: WantedMessage): boolean {
    const { mailbox, messageId, owner } = message;
    if (messageId === null || mailbox === null) return this.hasAnyMetadata(message);
    const trace = textOrNull(this.#statements.traced.get(messageId)?.['text']);
    if (trace === null) return false;
    const { sender, recipients } = storedJson(trace) as Trace;
    const isEnd = (address: string): boolean => sender === address || recipients.includes(address);
    if (owner !== null && isEnd(owner.toLowerCase())) return true;
    if (this.#statements.foundIn.get(messageId, mailbox) !== undefined) return true;
    const addresses = this.addresses(mailbox);
    return addresses.length === 0 || addresses.some(isEnd);
  }

  /** The same, of whatever mailbox: a list or an alias is all that a trace may name. */
  hasAnyMetadata({ mailbox, messageId, itemId }: WantedMessage): boolean {
    if (messageId !== null) return this.#statements.traced.get(messageId) !== undefined;
    const row = this.#statements.tracedItem.get(idHash(itemId ?? ''), itemId, mailbox);
    return Number(row?.['traced'] ?? 0) === 1;
  }

  /** How this service's last lookup of it ended; `at`: epoch milliseconds. null: never asked. */
  endOf(
    { mailbox, messageId, itemId }: WantedMessage,
    service: LookupService,
  ): (Pick<LookedUpMessage, 'end' | 'how'> & { readonly at: number }) | null {
    const byItem = messageId === null ? 1 : 0;
    const name = messageId ?? itemId ?? '';
    const row = this.#statements.end.get(name, byItem, mailbox ?? '', service);
    if (row === undefined) return null;
    const end = row['outcome'] as LookedUpMessage['end'];
    return { end, how: row['how'] as LookedUpMessage['how'], at: Number(row['at']) };
  }

  /** In the order in which they were read; without those of which the source was withdrawn. */
  traffic(address: string, direction: LookedUpTraffic['direction']): readonly ReadRange[] {
    return this.#statements.traffic.all(address, direction).map((row) => ({
      from: Number(row['from_time']),
      to: Number(row['to_time']),
      complete: row['complete'] === 1,
      at: Number(row['at']),
    }));
  }

  /** When anything was last looked up; epoch milliseconds, 0: never. */
  latest(): number {
    return Number(this.#statements.latest.get()?.['at']);
  }

  /**
   * The mail addresses of a mailbox as its records name the owner, now and before (owners get renamed);
   * the newest first. Aliases that no record names are not among them.
   */
  addresses(mailbox: string): readonly string[] {
    const { formerOwners, owner, owners } = this.#statements;
    const names = [textOrNull(owner.get(mailbox)?.['name'])];
    // A look at each record of the mailbox: only where somebody was renamed at all.
    if (formerOwners.get() !== undefined)
      names.push(...owners.all(mailbox).map((row) => textOrNull(row['name'])));
    const found = names.flatMap((name) => (name?.includes('@') ? (mailAddress(name) ?? []) : []));
    return [...new Set(found.map((address) => address.toLowerCase()))];
  }
}
