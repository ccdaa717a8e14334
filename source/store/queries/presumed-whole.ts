import type { DatabaseSync } from 'node:sqlite';
import type { SyncNote } from '../../domain/verdicts/decision.ts';
import { FACT } from '../../domain/exposure/exposure-class.ts';
import type { Gap } from '../../domain/exposure/exposure.ts';
import {
  exposedSpan,
  type FoundGap,
  gapMatters,
  presumesAll,
  type Span,
} from '../../domain/exposure/gaps.ts';
import {
  type AccessWindow,
  isRebutted,
  isSyncRebutted,
  windowOf,
} from '../../domain/verdicts/mailbox-decisions.ts';
import { type VerdictState } from '../../domain/verdicts/verdicts.ts';
import { type Prepared, prepareAll } from '../prepared.ts';
import { FLAG } from '../records/schema.ts';
import { AlikeFolders } from './alike-folders.ts';
import type { LogGaps } from './log-gaps.ts';
import { JUDGED } from './verdict-codes.ts';

/** Folders that malicious contexts synchronised in a mailbox. */
export const SYNCED_FOLDERS_SQL = `SELECT DISTINCT y.folder FROM judged j JOIN synced y ON y.context = j.context
  WHERE j.mailbox = ? AND j.verdict = ${JUDGED.malicious}`;

const sql = {
  mailbox: 'SELECT guid, coalesce(guid, ident) AS name FROM mailboxes WHERE mailbox = ?',
  activity: `SELECT c.mailbox, c.actor, min(c.first) AS first, max(c.last) AS last FROM judged j
    JOIN contexts c ON c.context = j.context WHERE j.verdict = ${JUDGED.malicious} GROUP BY c.mailbox, c.actor`,
  syncs: `SELECT c.key, c.syncs FROM judged j JOIN contexts c ON c.context = j.context
    WHERE j.mailbox = ? AND j.verdict = ${JUDGED.malicious} AND c.syncs > 0 ORDER BY c.key`,
  unnamed: `SELECT count(*) AS records FROM judged j JOIN contexts c ON c.context = j.context
    JOIN records r ON r.context = c.context
    WHERE j.mailbox = ? AND j.verdict = ${JUDGED.malicious} AND c.syncs > 0 AND c.items_missing > 0
      AND r.flags & ${FLAG.sync} AND r.flags & ${FLAG.itemsMissing}`,
  add: 'INSERT OR REPLACE INTO presumed_whole VALUES (?, ?)',
  addFolders: `INSERT OR IGNORE INTO folder_exposed SELECT m.message FROM messages m
    WHERE m.mailbox = ? AND (m.first_folder IN (SELECT value FROM json_each(?))
      OR EXISTS (SELECT 1 FROM further_copies x WHERE x.message = m.message
        AND x.folder IN (SELECT value FROM json_each(?))))`,
  folders: SYNCED_FOLDERS_SQL,
  all: 'SELECT mailbox FROM mailboxes',
  ofMessages: `SELECT DISTINCT mailbox FROM messages WHERE message IN (SELECT value FROM json_each(?))`,
} as const;

/** First and last record, epoch milliseconds. */
interface Activity {
  readonly first: number;
  readonly last: number;
}

interface MaliciousActivity {
  readonly ofMailbox: ReadonlyMap<number, Activity>;
  readonly ofActor: ReadonlyMap<string, Activity>;
}

const widened = (known: Activity | undefined, { first, last }: Activity): Activity => ({
  first: Math.min(known?.first ?? Infinity, first),
  last: Math.max(known?.last ?? -Infinity, last),
});

/**
 * Mailboxes of which all mail is presumed exposed (`domain.md`, Exposure 1 and 2), one after the
 * other as they are asked for: a window of messages needs a few of them, and those of the whole case
 * take a look at each record. Good until a verdict or a record changes; `Judgement` must be applied.
 */
export class PresumedWhole {
  readonly #state: VerdictState;
  readonly #gaps: LogGaps;
  readonly #statements: Prepared<typeof sql>;
  readonly #alike: AlikeFolders;
  readonly #known = new Map<number, readonly ('sync' | 'gap')[]>();
  readonly #knownGaps = new Map<number, readonly Gap[]>();
  #activity: MaliciousActivity | null = null;

  constructor(db: DatabaseSync, state: VerdictState, gaps: LogGaps) {
    this.#state = state;
    this.#gaps = gaps;
    db.exec('DELETE FROM presumed_whole; DELETE FROM folder_exposed');
    this.#statements = prepareAll(db, sql);
    this.#alike = new AlikeFolders(db);
  }

  #malicious(): MaliciousActivity {
    if (this.#activity !== null) return this.#activity;
    const ofMailbox = new Map<number, Activity>();
    const ofActor = new Map<string, Activity>();
    for (const row of this.#statements.activity.all()) {
      const span = { first: Number(row['first']), last: Number(row['last']) };
      const mailbox = Number(row['mailbox']);
      ofMailbox.set(mailbox, widened(ofMailbox.get(mailbox), span));
      const actor = row['actor'] as string | null;
      if (actor !== null) ofActor.set(actor, widened(ofActor.get(actor), span));
    }
    return (this.#activity = { ofMailbox, ofActor });
  }

  /** Of the malicious contexts of this mailbox alone. */
  attributed(mailbox: number): Activity | null {
    return this.#malicious().ofMailbox.get(mailbox) ?? null;
  }

  /** Of the mailbox, and anywhere of its owner or of anybody who opened it. */
  #activityAround(mailbox: number): Activity | null {
    const { ofMailbox, ofActor } = this.#malicious();
    if (ofActor.size === 0 && ofMailbox.size === 0) return null;
    const own = ofMailbox.get(mailbox);
    const spans = [...this.#gaps.openers(mailbox)].flatMap((name) => ofActor.get(name) ?? []);
    const all = own === undefined ? spans : [own, ...spans];
    return all.reduce<Activity | null>((sum, span) => widened(sum ?? undefined, span), null);
  }

  /** The key under which decisions name a mailbox: its guid, or what stands in for it. */
  name(mailbox: number): string {
    return this.#statements.mailbox.get(mailbox)?.['name'] as string;
  }

  #window(mailbox: number): AccessWindow | null {
    return windowOf(this.#state, this.name(mailbox));
  }

  #span(mailbox: number): Span | null {
    return exposedSpan(this.#window(mailbox), this.#activityAround(mailbox));
  }

  /** Asked for twice in a summary: as a reason, and to be listed. */
  gaps(mailbox: number): readonly Gap[] {
    const known = this.#knownGaps.get(mailbox) ?? this.#gapsOf(mailbox);
    this.#knownGaps.set(mailbox, known);
    return known;
  }

  #gapsOf(mailbox: number): readonly Gap[] {
    const row = this.#statements.mailbox.get(mailbox);
    const name = row?.['name'] as string;
    const activity = this.#activityAround(mailbox);
    const span = exposedSpan(this.#window(mailbox), activity);
    const active = exposedSpan(null, activity);
    const meets = (gap: FoundGap): Gap['meets'] => {
      if (!gapMatters(gap, span)) return null;
      return gapMatters(gap, active) ? 'maliciousActivity' : 'accessWindow';
    };
    return this.#gaps.of(mailbox, (row?.['guid'] ?? null) as string | null).map((gap) => ({
      from: gap.from,
      to: gap.to,
      kind: gap.kind,
      matters: gapMatters(gap, span),
      meets: meets(gap),
      rebutted: isRebutted(this.#state, name, gap),
    }));
  }

  /**
   * Records of malicious Syncs of a mailbox, those of them that name no folder, and whether a decision
   * says that it was not copied whole: it may have been where nobody can say which folder was.
   */
  sync(mailbox: number): {
    readonly records: number;
    readonly unnamed: number;
    readonly contexts: readonly SyncNote[];
    readonly rebutted: boolean;
  } {
    const contexts = this.#statements.syncs
      .all(mailbox)
      .map((row) => ({ key: row['key'] as string, syncs: Number(row['syncs']) }));
    const records = contexts.reduce((sum, { syncs }) => sum + syncs, 0);
    const unnamed =
      records === 0 ? 0 : Number(this.#statements.unnamed.get(mailbox)?.['records'] ?? 0);
    const rebutted = unnamed === 0 && isSyncRebutted(this.#state, this.name(mailbox), contexts);
    return { records, unnamed, contexts, rebutted };
  }

  /** Why all mail of a mailbox is presumed exposed; nothing: it is not. */
  reasons(mailbox: number): readonly ('sync' | 'gap')[] {
    const known = this.#known.get(mailbox);
    if (known !== undefined) return known;
    const sync = this.sync(mailbox);
    const isSynced = sync.records > 0 && !sync.rebutted;
    // Nothing to vouch for: no gap matters, and its records can be left alone.
    const hasGap = this.#span(mailbox) !== null && this.gaps(mailbox).some(presumesAll);
    const facts = (isSynced ? FACT.mailboxSynced : 0) | (hasGap ? FACT.mailboxGap : 0);
    const reasons = [
      ...(isSynced ? (['sync'] as const) : []),
      ...(hasGap ? (['gap'] as const) : []),
    ];
    this.#known.set(mailbox, reasons);
    if (facts !== 0) this.#statements.add.run(mailbox, facts);
    if (sync.records > 0 && !isSynced) this.#addFolders(mailbox);
    return reasons;
  }

  /** Folders synchronised in malicious contexts, by number. */
  syncedFolders(mailbox: number): readonly number[] {
    return this.#statements.folders.all(mailbox).map(({ folder }) => Number(folder));
  }

  /** Where the mailbox as a whole is not presumed after all, its synchronised folders still are. */
  #addFolders(mailbox: number): void {
    const folders = JSON.stringify(this.#alike.with(this.syncedFolders(mailbox)));
    this.#statements.addFolders.run(mailbox, folders, folders);
  }

  /** Fills the table presumed_whole for the mailboxes of these messages. */
  fillFor(messages: Iterable<number>): void {
    const rows = this.#statements.ofMessages.all(JSON.stringify([...messages]));
    for (const { mailbox } of rows) this.reasons(Number(mailbox));
  }

  /** Fills it for the whole case. */
  fill(): void {
    for (const { mailbox } of this.#statements.all.all()) this.reasons(Number(mailbox));
  }
}
