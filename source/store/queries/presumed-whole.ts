import type { DatabaseSync } from 'node:sqlite';
import type { Gap } from '../../domain/exposure.ts';
import { gapMatters } from '../../domain/gaps.ts';
import { isRebutted, windowOf, type VerdictState } from '../../domain/verdicts.ts';
import { toIso } from '../records/record-time.ts';
import type { GapsOfMailboxes } from './mailbox-gaps.ts';
import { type Prepared, prepareAll } from '../prepared.ts';

const sql = {
  name: 'SELECT coalesce(guid, ident) AS name FROM mailboxes WHERE mailbox = ?',
  span: `SELECT min(c.first) AS first, max(c.last) AS last FROM judged j
    JOIN contexts c ON c.context = j.context WHERE j.mailbox = ? AND j.verdict = 1`,
  sync: `SELECT 1 FROM judged j JOIN contexts c ON c.context = j.context
    WHERE j.mailbox = ? AND j.verdict = 1 AND c.syncs > 0 LIMIT 1`,
  add: 'INSERT OR IGNORE INTO presumed_whole VALUES (?)',
  all: 'SELECT mailbox FROM mailboxes',
  ofMessages: `SELECT DISTINCT mailbox FROM messages WHERE message IN (SELECT value FROM json_each(?))`,
} as const;

/**
 * Mailboxes of which all mail is presumed exposed (`domain.md`, Exposure 1 and 2), one after the
 * other as they are asked for: a window of messages needs a few of them, and those of the whole case
 * take a look at each record. Good until a verdict or a record changes; `judge` must have run.
 */
export class PresumedWhole {
  readonly #state: VerdictState;
  readonly #gaps: GapsOfMailboxes;
  readonly #statements: Prepared<typeof sql>;
  readonly #known = new Map<number, readonly ('sync' | 'gap')[]>();

  constructor(db: DatabaseSync, state: VerdictState, gaps: GapsOfMailboxes) {
    this.#state = state;
    this.#gaps = gaps;
    db.exec('DELETE FROM presumed_whole');
    this.#statements = prepareAll(db, sql);
  }

  /** First and last malicious record of a mailbox. */
  #maliciousSpan(mailbox: number): { first: string; last: string } | null {
    const row = this.#statements.span.get(mailbox);
    return row?.['first'] == null || row['last'] == null
      ? null
      : { first: toIso(Number(row['first'])), last: toIso(Number(row['last'])) };
  }

  gaps(mailbox: number): readonly Gap[] {
    // The key under which decisions name a mailbox: its guid, or what stands in for it.
    const name = this.#statements.name.get(mailbox)?.['name'] as string;
    const span = this.#maliciousSpan(mailbox);
    return this.#gaps.of(mailbox).gaps.map(({ from, to, kind }) => ({
      from,
      to,
      kind,
      matters: gapMatters({ from, to }, windowOf(this.#state, name), span),
      rebutted: isRebutted(this.#state, name, { from, to }),
    }));
  }

  /** Why all mail of a mailbox is presumed exposed; nothing: it is not. */
  reasons(mailbox: number): readonly ('sync' | 'gap')[] {
    const known = this.#known.get(mailbox);
    if (known !== undefined) return known;
    const reasons: ('sync' | 'gap')[] = [];
    if (this.#statements.sync.get(mailbox) !== undefined) reasons.push('sync');
    if (
      this.#mayHaveGaps(mailbox) &&
      this.gaps(mailbox).some((gap) => gap.matters && !gap.rebutted)
    )
      reasons.push('gap');
    this.#known.set(mailbox, reasons);
    if (reasons.length > 0) this.#statements.add.run(mailbox);
    return reasons;
  }

  /** Without a window and without malicious activity no gap matters: its records can be left alone. */
  #mayHaveGaps(mailbox: number): boolean {
    const name = this.#statements.name.get(mailbox)?.['name'] as string;
    return windowOf(this.#state, name) !== null || this.#maliciousSpan(mailbox) !== null;
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
