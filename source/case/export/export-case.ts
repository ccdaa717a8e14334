import type { CaseFilter } from '../../domain/sessions/case-filter.ts';
import { Problem } from '../../domain/problem.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { ExportedCase } from '../../exports/exported-case.ts';
import type { Message } from '../../domain/exposure/message.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Case } from '../case.ts';
import { exportTargets } from './export-target.ts';
import { belongsToCase } from '../../store/case-folder.ts';
import { type WrittenFile, writeExportFile } from './export-file.ts';

/** What an export reads of a case. */
export type CaseToExport = Pick<
  Case,
  | 'folder'
  | 'overview'
  | 'sessions'
  | 'messages'
  | 'sources'
  | 'fetches'
  | 'lookups'
  | 'decisions'
  | 'scope'
  | 'ownDomains'
>;

/** What an export is made with, beside the case. */
export interface ExportStamp {
  /** UTC now, ISO. */
  readonly generatedAt: string;
  readonly toolVersion: string;
}

const judged = function* (opened: CaseToExport, part: CaseFilter): Generator<Session> {
  for (const session of opened.sessions(part)) if (session.verdict !== null) yield session;
};

const exposed = function* (opened: CaseToExport, part: CaseFilter): Generator<Message> {
  for (const message of opened.messages(part))
    if (message.class === 'confirmed' || message.class === 'presumed') yield message;
};

/**
 * The marked set of a case, for any export format; with `mailboxes`: that of the mailboxes of these
 * names. Lists are read from the case each time.
 */
export const exportedCase = (
  opened: CaseToExport,
  { generatedAt, toolVersion }: ExportStamp,
  mailboxes?: readonly string[],
): ExportedCase => {
  const { title, analyst, window, summary } = opened.overview(mailboxes);
  const part = mailboxes === undefined ? {} : { mailboxes };
  return {
    generatedAt,
    toolVersion,
    title,
    analyst,
    window,
    sources: opened.sources(),
    fetches: opened.fetches(),
    lookups: opened.lookups(),
    decisions: opened.decisions(),
    scope: mailboxes === undefined ? null : opened.scope(mailboxes),
    summary,
    ownDomains: opened.ownDomains(),
    sessions: () => judged(opened, part),
    messages: () => exposed(opened, part),
  };
};

export interface ExportRequest extends ExportStamp {
  /** `json` or `csv`. */
  readonly format: string;
  /** A worksheet by name; null: all into a folder, the first into a file. */
  readonly sheet: string | null;
  /** Names of the mailboxes that it is limited to; absent: all. */
  readonly mailboxes?: readonly string[] | undefined;
  /** A file, or a folder that is there. */
  readonly out: string;
  /** Replace files that are no earlier export. */
  readonly force: boolean;
  readonly signal: AbortSignal;
}

/** Not even when forced: the decisions are the analyst's work, and exist once. */
const refuseFilesOfCase = (folder: string, path: string): void => {
  if (!belongsToCase(folder, path)) return;
  throw new Problem(
    `${forTerminal(path)} is a part of the case itself: no export may take its place.`,
    'Choose another name or place with --out. Nothing was written.',
  );
};

/**
 * Writes an export to disk: each file whole or not at all, mode 0600, an earlier export replaced and
 * any other file only when forced. Throws a Problem, or the signal's reason when aborted; then what
 * was written so far stays, and nothing is torn.
 */
export const exportCase = async (
  opened: CaseToExport,
  request: ExportRequest,
): Promise<readonly WrittenFile[]> => {
  refuseFilesOfCase(opened.folder, request.out);
  const targets = exportTargets(request.format, request.sheet, request.out);
  for (const { path } of targets) refuseFilesOfCase(opened.folder, path);
  const exported = exportedCase(opened, request, request.mailboxes);
  const written: WrittenFile[] = [];
  for (const { part, path } of targets)
    written.push(await writeExportFile(path, part, exported, request));
  return written;
};
