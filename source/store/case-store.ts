import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Decision } from '../domain/verdicts/decision.ts';
import type { Summary } from '../domain/exposure/exposure.ts';
import { Problem } from '../domain/problem.ts';
import { actOf, foldDecisions, type VerdictState } from '../domain/verdicts/verdicts.ts';
import type { CaseFolder } from './case-folder.ts';
import { LOCKS } from './case-folder.ts';
import { CaseExposure } from './case-exposure.ts';
import { readCaseFile, type CaseFile } from './case-file.ts';
import { tryHold } from './case-lock.ts';
import {
  LOG_START,
  readDecisions,
  type DecisionCursor,
  type DecisionFlaw,
} from './decision-reading.ts';
import type { OpenedDecisions } from './decision-log.ts';
import { ownApplications } from './own-applications.ts';
import { SessionRows } from './queries/session-rows.ts';
import { Judgement } from './queries/judgement.ts';
import { refuseForgotten } from './forgotten-sources.ts';
import { applyLookups } from './records/apply-lookups.ts';
import { openRecordsOf } from './records/open-records.ts';
import { removeLeftovers, sourcesNotIn } from './records/leftovers.ts';

const inodeOf = (path: string): number | null =>
  statSync(path, { throwIfNoEntry: false })?.ino ?? null;

/** Where the records of a case that can only be read are, as its first opening found it. */
export type ReadOnlyRecords = Pick<CaseFolder, 'records' | 'unchanging'> & {
  readonly readOnly: string;
};

interface Opening {
  /** Another thread of this program has the case open: nothing is left over, and no lock is touched. */
  readonly alongside?: boolean;
  /** What is wrong with the decisions; asked for once records.db is open. */
  readonly decisions?: () => OpenedDecisions;
  /** Called once it is closed. */
  readonly afterwards?: () => void;
}

const AS_THEY_ARE = (): OpenedDecisions => ({ torn: null, end: null });

/**
 * A case opened for reading and judging: records.db, decisions and case.json as they are now, with
 * what follows from them kept until one of them changes. One per thread.
 */
export class CaseStore {
  readonly folder: CaseFolder;
  /** What was wrong with the decisions as the case was opened. */
  readonly openedDecisions: OpenedDecisions;
  readonly exposure: CaseExposure = new CaseExposure(this);
  readonly #afterwards: () => void;
  #db: DatabaseSync;
  #inode: number | null;
  #dataVersion = -1;
  #cursor: DecisionCursor = LOG_START;
  #decisions: Decision[] = [];
  #flaws: DecisionFlaw[] = [];
  #state: VerdictState = foldDecisions([]);
  #caseFile: CaseFile;
  #caseText = '';
  #judgement: Judgement | null = null;
  /** Sessions whose verdicts may have changed since `Judgement` was applied. */
  #unjudged: Set<string> | 'all' = 'all';
  #version = 0;
  #recordsVersion = 0;
  #decisionsVersion = 0;

  /** @throws Problem where records.db lacks sources that case.json names, or the other way round. */
  constructor(
    folder: CaseFolder,
    { alongside = false, decisions = AS_THEY_ARE, afterwards = () => undefined }: Opening = {},
  ) {
    this.folder = folder;
    this.#afterwards = afterwards;
    this.#db = openRecordsOf(folder);
    this.#inode = inodeOf(folder.records);
    try {
      const isFirst = !alongside && folder.readOnly === null;
      // Read under the lock: an import that ends in between would look like one that was killed.
      using hold = isFirst ? tryHold(folder, LOCKS.import) : null;
      this.#caseFile = readCaseFile(folder);
      if (hold !== null) this.#removeLeftovers();
      this.refresh();
      this.#refuseIncomplete();
      this.openedDecisions = decisions();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #removeLeftovers(): void {
    const { sources } = this.#caseFile;
    refuseForgotten(this.folder, this.#db, sources);
    removeLeftovers(this.#db, sources);
    applyLookups(this.folder, this.#db);
  }

  #refuseIncomplete(): void {
    const missing = sourcesNotIn(this.#db, this.#caseFile.sources);
    if (missing.length === 0) return;
    throw new Problem(
      `records.db does not hold ${missing.length === 1 ? `the source ${missing[0]?.file ?? ''}` : `${missing.length} of the sources`} of this case.`,
      'Run `mia rebuild`: it is made again from the evidence.',
    );
  }

  /** null: it may be written. */
  get readOnly(): ReadOnlyRecords | null {
    const { readOnly, records, unchanging } = this.folder;
    return readOnly === null ? null : { readOnly, records, unchanging };
  }

  /** With the temporary tables of `Judgement` as the decisions stand. */
  get db(): DatabaseSync {
    if (this.#unjudged === 'all' || this.#judgement === null) {
      this.#judgement = new Judgement(this.#db);
      this.#judgement.apply(this.#state, this.#state.marks.keys());
    } else if (this.#unjudged.size > 0) this.#judgement.apply(this.#state, this.#unjudged);
    this.#unjudged = new Set();
    return this.#db;
  }
  /** As it lies there, damaged or not: nothing is asked of it before. */
  get unjudgedDb(): DatabaseSync {
    return this.#db;
  }
  get state(): VerdictState {
    return this.#state;
  }
  get caseFile(): CaseFile {
    return this.#caseFile;
  }
  /** Sessions as they are judged now. */
  sessionRows(): SessionRows {
    return new SessionRows(this.db, ownApplications(this.#caseFile));
  }
  get decisions(): readonly Decision[] {
    return this.#decisions;
  }
  get flaws(): readonly DecisionFlaw[] {
    return this.#flaws;
  }
  /** Grows whenever records, decisions or case.json changed, here or by another program. */
  get version(): number {
    return this.#version;
  }

  /** Grows whenever records or traces changed. */
  get recordsVersion(): number {
    return this.#recordsVersion;
  }
  /** Grows with each decision, and where decisions have to be seen in a new light. */
  get decisionsVersion(): number {
    return this.#decisionsVersion;
  }

  /** Takes up what changed since; true where anything did. Cheap when nothing did. */
  refresh(): boolean {
    const records = this.#followRecords();
    const decisions = this.#followDecisions();
    const caseFile = this.#followCaseFile();
    if (!records && !decisions && !caseFile) return false;
    if (records) {
      this.#unjudged = 'all';
      this.#recordsVersion += 1;
    }
    if (decisions) this.#decisionsVersion += 1;
    this.exposure.forget({ records, caseFile });
    this.#version += 1;
    return true;
  }

  #followRecords(): boolean {
    // A rebuild puts a new file in the place of the old one.
    const inode = inodeOf(this.folder.records);
    const replaced = inode !== null && inode !== this.#inode;
    if (replaced) {
      this.#db.close();
      this.#db = openRecordsOf(this.folder);
      this.#inode = inode;
    }
    const version = Number(this.#db.prepare('PRAGMA data_version').get()?.['data_version']);
    const changed = replaced || version !== this.#dataVersion;
    this.#dataVersion = version;
    return changed;
  }

  #followDecisions(): boolean {
    const reading = readDecisions(this.folder, this.#cursor);
    if (reading.restarted) {
      this.#decisions = [];
      this.#flaws = [];
      this.#state = foldDecisions([]);
    }
    this.#cursor = reading.cursor;
    this.#decisions.push(...reading.decisions);
    this.#flaws.push(...reading.flaws);
    this.#state = foldDecisions(reading.decisions, this.#state);
    if (reading.restarted) this.#unjudged = 'all';
    for (const decision of reading.decisions) this.#judgeAgain(decision);
    return reading.restarted || reading.decisions.length > 0;
  }

  #judgeAgain(decision: Decision): void {
    if (this.#unjudged === 'all') return;
    const act = actOf(this.#state, decision);
    if (act?.act !== 'mark') return;
    for (const { session } of act.targets) this.#unjudged.add(session);
  }

  #followCaseFile(): boolean {
    const caseFile = readCaseFile(this.folder);
    const text = JSON.stringify(caseFile);
    const changed = text !== this.#caseText;
    this.#caseFile = caseFile;
    this.#caseText = text;
    return changed;
  }

  /** The exposure as it would be with one more mark, which is written nowhere. */
  summaryWith(mark: Extract<Decision, { readonly act: 'mark' }>): Summary {
    const { db } = this;
    const state = foldDecisions([...this.#decisions, mark]);
    const sessions = mark.targets.map(({ session }) => session);
    try {
      this.#judgement?.apply(state, sessions);
      return this.exposure.summaryAs(db, state);
    } finally {
      // The tables now hold what does not count: whoever asks next has them as the decisions stand.
      if (this.#unjudged !== 'all') for (const session of sessions) this.#unjudged.add(session);
      this.exposure.forget();
    }
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
    this.#afterwards();
  }
}
