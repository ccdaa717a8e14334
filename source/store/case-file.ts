import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LowSync } from 'lowdb';
import type { SyncAdapter } from 'lowdb';
import type { FetchStatement } from '../domain/fetches/fetch.ts';
import { isObject } from '../domain/json.ts';
import type { JsonObject } from '../domain/json.ts';
import { type PastLookup, UNSAID_OF_LOOK_UP } from '../domain/lookups/past-lookup.ts';
import { Problem } from '../domain/problem.ts';
import { fits, flawIn } from '../domain/schema-flaw.ts';
import { fetchAsOf } from '../domain/fetches/stored-fetch.ts';
import type { Source } from '../domain/records/source.ts';
import { type CaseFolder, openCaseFolder } from './case-folder.ts';
import { CASE_FILE } from './case-file-schema.ts';
import { type ChangedPart, changedParts, checksOf } from './case-checks.ts';
import { withCaseLock } from './case-lock.ts';
import { diskProblem } from './disk-problem.ts';
import { readWhole, replaceWhole } from './whole-file.ts';

const CASE_FILE_VERSION = 1;

/** When the intruder had access, as the analyst states it. An end that is null is open. */
export interface StatedWindow {
  readonly from: string | null;
  readonly to: string | null;
  readonly because: string | null;
  readonly analyst: string;
  readonly at: string;
}

/** Something found in the case that mia did not do, kept until an analyst affirms it. */
export interface ToAffirm {
  readonly of: 'decisions' | 'case' | 'lookups';
  /** In words; may hold names out of a file. */
  readonly text: string;
}

export interface Affirmed extends ToAffirm {
  readonly at: string;
  readonly analyst: string;
}

/** `case.json`. Keys that a newer mia added are kept as they are. */
export interface CaseFile {
  readonly version: number;
  readonly title: string;
  /** null: not stated. */
  readonly analyst: string | null;
  readonly window: StatedWindow | null;
  /** By mailbox GUID. */
  readonly windows: { readonly [mailbox: string]: StatedWindow };
  readonly sources: readonly Source[];
  /** What can be said of each fetch, in the order in which they began. */
  readonly fetches: readonly FetchStatement[];
  /** Lookups in the tenant, in the order in which they began. */
  readonly lookUps: readonly PastLookup[];
  readonly settings: JsonObject;
  /** Since when decisions.head stands beside decisions.jsonl, and how many decisions there were. */
  readonly anchoredSince: { readonly at: string; readonly decisions: number } | null;
  readonly toAffirm: readonly ToAffirm[];
  readonly affirmed: readonly Affirmed[];
}

/** What people change by hand: the next change of the file takes it as it is. */
const BY_HAND: ReadonlySet<string> = new Set(['title', 'analyst']);

/** Whether this change of case.json was nobody's business but the analyst's. */
export const isByHand = ({ key }: ChangedPart): boolean => BY_HAND.has(key);

const emptyCase = (folder: CaseFolder): CaseFile => ({
  version: CASE_FILE_VERSION,
  title: basename(folder.path),
  analyst: null,
  window: null,
  windows: {},
  sources: [],
  fetches: [],
  lookUps: [],
  settings: {},
  anchoredSince: null,
  toAffirm: [],
  affirmed: [],
});

/** The state before the last change: what the analyst can go back to by hand. */
const fileBefore = (folder: CaseFolder): string => join(folder.path, 'case.before.json');

const broken = (folder: CaseFolder, what: string, cause?: unknown): Problem => {
  const before = fileBefore(folder);
  const back =
    readWhole(before) === null
      ? 'Restore it from a backup'
      : `Copy ${basename(before)} over it (how it was before its last change), or restore a backup`;
  return new Problem(
    `${folder.caseFile} ${what}. It was left as it is.`,
    `${back}; decisions and evidence are files of their own and are not affected.`,
    { cause },
  );
};

/** An older mia kept no side events. */
const UNSAID_OF_SOURCE = { sideEvents: 0 } as const;

interface ReadFile {
  readonly file: CaseFile;
  /** null: it has no checks. */
  readonly changed: readonly ChangedPart[] | null;
}

/** Without the keys that are null for want of a value: the empty case says what stands there. */
const parse = (folder: CaseFolder, text: string): ReadFile => {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw broken(folder, 'is not JSON', error);
  }
  if (!isObject(data) || typeof data['version'] !== 'number') {
    throw broken(folder, 'is not a case file');
  }
  if (data['version'] > CASE_FILE_VERSION) {
    throw new Problem(
      `The case ${folder.path} was made by a newer mia (version ${data['version']}).`,
      'Open it with that version. Nothing was changed.',
    );
  }
  if (!fits(CASE_FILE, data))
    throw broken(folder, `is not as a case file is: ${flawIn(CASE_FILE, data)}`);
  const stated = Object.entries(data).filter(([, value]) => value !== null);
  const file = { ...emptyCase(folder), ...(Object.fromEntries(stated) as Partial<CaseFile>) };
  const lookUps = file.lookUps.map((one) => ({ ...UNSAID_OF_LOOK_UP, ...one }));
  const fetches = file.fetches.map((one) => fetchAsOf(one, file.sources));
  const sources = file.sources.map((one) => ({ ...UNSAID_OF_SOURCE, ...one }));
  return { file: { ...file, sources, fetches, lookUps }, changed: changedParts(data) };
};

/** What lowdb's own file adapter does not do: fsync, 0600, and a word about what is broken. */
class CaseFileAdapter implements SyncAdapter<CaseFile> {
  readonly #folder: CaseFolder;
  #text: string | null = null;
  /** Of what was read. null: it has no checks, or is not there. */
  changed: readonly ChangedPart[] | null = null;

  constructor(folder: CaseFolder) {
    this.#folder = folder;
  }

  read(): CaseFile | null {
    this.#text = readWhole(this.#folder.caseFile);
    if (this.#text === null) return null;
    const { file, changed } = parse(this.#folder, this.#text);
    this.changed = changed;
    return file;
  }

  write(data: CaseFile): void {
    const text = `${JSON.stringify({ ...data, checks: checksOf(data) }, null, 2)}\n`;
    if (text === this.#text) return;
    if (this.#text !== null) replaceWhole(fileBefore(this.#folder), this.#text);
    replaceWhole(this.#folder.caseFile, text);
    this.#text = text;
  }
}

const openCaseFile = (
  folder: CaseFolder,
): { readonly file: LowSync<CaseFile>; readonly changed: readonly ChangedPart[] | null } => {
  const adapter = new CaseFileAdapter(folder);
  const file = new LowSync<CaseFile>(adapter, emptyCase(folder));
  try {
    file.read();
  } catch (error) {
    throw diskProblem(error, `${folder.caseFile} could not be read`);
  }
  return { file, changed: adapter.changed };
};

/** case.json as it is now; an empty case where there is none yet. Problem: it is broken. */
export const readCaseFile = (folder: CaseFolder): CaseFile => openCaseFile(folder).file.data;

/** What of case.json is not as mia wrote it; null: it has no checks yet. Problem: it is broken. */
export const changedInCaseFile = (folder: CaseFolder): readonly ChangedPart[] | null =>
  openCaseFile(folder).changed;

/** `changeCaseFile` for whoever holds the lock already. */
export const changeHeldCaseFile = (
  folder: CaseFolder,
  change: (before: CaseFile) => CaseFile,
): CaseFile => {
  const { file, changed } = openCaseFile(folder);
  const toAffirm = [...file.data.toAffirm];
  // What was written now would confirm what somebody else wrote before.
  for (const part of changed ?? [])
    if (!isByHand(part)) toAffirm.push({ of: 'case', text: `case.json, ${part.text}` });
  if (changed === null && file.data.anchoredSince !== null)
    toAffirm.push({ of: 'case', text: `case.json had lost its checks` });
  const before = { ...file.data, toAffirm };
  file.data = { ...before, ...change(before), version: CASE_FILE_VERSION };
  try {
    file.write();
  } catch (error) {
    throw diskProblem(error, `${folder.caseFile} could not be written, it is as it was`);
  }
  return file.data;
};

/** Keeps a finding for an analyst to affirm. For whoever holds the lock already. */
export const keepFinding = (folder: CaseFolder, finding: ToAffirm): CaseFile =>
  changeHeldCaseFile(folder, (before) => ({
    ...before,
    toAffirm: [...before.toAffirm, finding],
  }));

/**
 * Changes case.json: `change` gets what is on the disk now, under the lock, so that two programs at
 * once lose nothing, and returns what should stand there. It is on the disk when this returns.
 * Keys unknown to us stay. Problem: it is broken (then it stays untouched), locked, or the disk is full.
 */
export const changeCaseFile = (
  folder: CaseFolder,
  change: (before: CaseFile) => CaseFile,
): CaseFile => withCaseLock(folder, () => changeHeldCaseFile(folder, change));

/** The case in the folder `path` where there is one already; nothing is made. Problem: it is not ours. */
export const existingCase = (path: string): CaseFolder | null =>
  existsSync(join(path, 'case.json'))
    ? openCaseFolder(path, { create: false, mayOnlyRead: true })
    : null;
