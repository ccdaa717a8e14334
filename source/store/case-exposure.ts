import type { DatabaseSync } from 'node:sqlite';
import type { Summary } from '../domain/exposure/exposure.ts';
import type { VerdictState } from '../domain/verdicts/verdicts.ts';
import type { CaseFile } from './case-file.ts';
import { type ExposureGrounds, summarise } from './queries/exposure-summary.ts';
import { LogGaps } from './queries/log-gaps.ts';
import { GapsOfMailboxes } from './queries/mailbox-gaps.ts';
import { PresumedWhole } from './queries/presumed-whole.ts';
import { type RecordFacts, recordFacts } from './queries/record-facts.ts';

/** What the exposure follows from, as it is now. */
interface ExposedCase {
  /** With the tables of `Judgement` as the decisions stand. */
  readonly db: DatabaseSync;
  /** Without. */
  readonly unjudgedDb: DatabaseSync;
  readonly state: VerdictState;
  readonly caseFile: CaseFile;
}

/** What follows from records, verdicts and case.json: each worked out when it is first asked for, and kept. */
export class CaseExposure {
  readonly #case: ExposedCase;
  #facts: RecordFacts | null = null;
  #gaps: GapsOfMailboxes | null = null;
  #logGaps: LogGaps | null = null;
  #presumed: PresumedWhole | null = null;
  #summary: Summary | null = null;

  constructor(of: ExposedCase) {
    this.#case = of;
  }

  /** Verdicts changed, and with `records` or `caseFile` these too. */
  forget({ records = false, caseFile = false } = {}): void {
    if (records) {
      this.#facts = null;
      this.#gaps = null;
    }
    if (records || caseFile) this.#logGaps = null;
    this.#presumed = null;
    this.#summary = null;
  }

  /** Gaps by mailbox, each worked out when it is asked for. */
  gaps(): GapsOfMailboxes {
    this.#gaps ??= new GapsOfMailboxes(this.#case.unjudgedDb);
    return this.#gaps;
  }

  /** With the holes of fetches and what could not be read. */
  #gapsOfLog(): LogGaps {
    const { unjudgedDb, caseFile } = this.#case;
    this.#logGaps ??= new LogGaps(unjudgedDb, this.gaps(), caseFile.fetches);
    return this.#logGaps;
  }

  /** What the class of a message depends on beside verdicts; to be filled as far as it is needed. */
  presumed(): PresumedWhole {
    this.#presumed ??= new PresumedWhole(this.#case.db, this.#case.state, this.#gapsOfLog());
    return this.#presumed;
  }

  #grounds(state: VerdictState, presumed: PresumedWhole): ExposureGrounds {
    this.#facts ??= recordFacts(this.#case.unjudgedDb);
    const { caseFile } = this.#case;
    return { facts: this.#facts, gaps: this.gaps(), presumed, state, caseFile };
  }

  /** The exposure now; also fills the table that the class of a message depends on. */
  summary(): Summary {
    this.#summary ??= summarise(this.#case.db, this.#grounds(this.#case.state, this.presumed()));
    return this.#summary;
  }

  /** The exposure of these mailboxes alone; classes stay those of the whole case. */
  summaryOf(mailboxes: readonly number[]): Summary {
    const { db, state } = this.#case;
    return summarise(db, this.#grounds(state, this.presumed()), mailboxes);
  }

  /** The exposure by another state, of which `db` holds the tables; nothing of it is kept. */
  summaryAs(db: DatabaseSync, state: VerdictState): Summary {
    return summarise(db, this.#grounds(state, new PresumedWhole(db, state, this.#gapsOfLog())));
  }
}
