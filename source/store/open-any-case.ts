import type { CaseFolder } from './case-folder.ts';
import { openCaseFolder } from './case-folder.ts';
import { openDecisions, type OpenedDecisions, seeDecisions } from './decision-log.ts';
import { CaseStore } from './case-store.ts';
import { whyNotWritten } from './read-only.ts';
import { readableCase } from './readable-case.ts';

/** Where the records of a case that can only be read are, as its first opening found it. */
export type ReadOnlyRecords = Pick<CaseFolder, 'records' | 'unchanging'> & {
  readonly readOnly: string;
};

/** How a folder that was opened is read; null: it may be written. */
export const readOnlyRecords = (folder: CaseFolder): ReadOnlyRecords | null => {
  const { readOnly, records, unchanging } = folder;
  return readOnly === null ? null : { readOnly, records, unchanging };
};

export interface AnyCaseOptions {
  /** Make the case where there is none. */
  readonly create: boolean;
  /** Also in a folder that holds other files. */
  readonly amongOthers: boolean;
  /** Another thread of this program has it open: no lock is taken, nothing is mended. */
  readonly alongside: boolean;
  /** How that thread reads it; null: it may write. */
  readonly readOnly: ReadOnlyRecords | null;
  /** Now, UTC, ISO. */
  readonly at: string;
}

/** To be disposed of once `open` is closed. */
export interface AnyCase extends Disposable {
  readonly open: CaseStore;
  readonly decisions: OpenedDecisions;
}

const AS_THEY_ARE: OpenedDecisions = { torn: null, end: null };

const nothing = (): void => undefined;

const openAlongside = (folder: CaseFolder, readOnly: ReadOnlyRecords | null): AnyCase => ({
  open: new CaseStore({ ...folder, ...readOnly }, { alongside: true }),
  decisions: AS_THEY_ARE,
  [Symbol.dispose]: nothing,
});

const openToWrite = (folder: CaseFolder, at: string): AnyCase => {
  const decisions = openDecisions(folder, at);
  return { open: new CaseStore(folder), decisions, [Symbol.dispose]: nothing };
};

const openToRead = (folder: CaseFolder): AnyCase => {
  const readable = readableCase(folder);
  try {
    return {
      open: new CaseStore(readable.folder),
      decisions: seeDecisions(folder),
      [Symbol.dispose]: () => readable[Symbol.dispose](),
    };
  } catch (error) {
    readable[Symbol.dispose]();
    throw error;
  }
};

/**
 * Opens a case to work in it; where its disk takes nothing (read-only, full, not ours to write), to
 * be read, without a trace in it: `open.folder.readOnly` says why then.
 * @throws Problem where not even that is possible.
 */
export const openAnyCase = (path: string, options: AnyCaseOptions): AnyCase => {
  const { create, amongOthers, alongside, readOnly, at } = options;
  const folder = openCaseFolder(path, { create, amongOthers, mayOnlyRead: true });
  if (alongside) return openAlongside(folder, readOnly);
  if (folder.readOnly !== null) return openToRead(folder);
  try {
    return openToWrite(folder, at);
  } catch (error) {
    const why = folder.found === 'case' ? whyNotWritten(error) : null;
    if (why === null) throw error;
    return openToRead({ ...folder, readOnly: why });
  }
};
