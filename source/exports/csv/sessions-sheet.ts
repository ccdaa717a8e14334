import type { Context, Session } from '../../domain/sessions/session.ts';
import type { Decision } from '../../domain/verdicts/decision.ts';
import type { ExportedCase, ExportPart } from '../exported-case.ts';
import { listCell } from './cell.ts';
import { latestMarks } from '../latest-marks.ts';
import { SIGN_IN_COLUMNS } from './sign-in-columns.ts';
import { type SheetColumn, sheetOpening, sheetText } from './sheet.ts';

/** A verdict sits on contexts, so each context is a row: half a session can be malicious. */
interface ContextRow {
  readonly session: Session;
  readonly context: Context;
  readonly mark: Decision | null;
}

const COLUMNS: readonly SheetColumn<ContextRow>[] = [
  { name: 'session', cell: ({ session }) => session.key },
  { name: 'sessionVerdict', cell: ({ session }) => session.verdict },
  { name: 'context', cell: ({ context }) => context.key },
  { name: 'contextVerdict', cell: ({ context }) => context.verdict },
  { name: 'firstSeen', cell: ({ context }) => context.firstSeen },
  { name: 'lastSeen', cell: ({ context }) => context.lastSeen },
  { name: 'actor', cell: ({ context }) => context.actor },
  { name: 'mailboxOwner', cell: ({ context }) => context.mailbox.owner },
  { name: 'address', cell: ({ context }) => context.address },
  { name: 'client', cell: ({ context }) => context.client },
  { name: 'records', cell: ({ context }) => context.records },
  { name: 'binds', cell: ({ context }) => context.binds },
  { name: 'syncs', cell: ({ context }) => context.syncs },
  { name: 'operations', cell: ({ context }) => context.operations },
  { name: 'messages', cell: ({ context }) => context.messages },
  { name: 'throttled', cell: ({ context }) => context.throttled },
  { name: 'itemsMissing', cell: ({ context }) => context.itemsMissing },
  { name: 'grownSinceVerdict', cell: ({ context }) => context.grownSinceVerdict },
  { name: 'appOnly', cell: ({ context }) => context.appOnly },
  { name: 'delegate', cell: ({ context }) => context.delegate },
  { name: 'external', cell: ({ context }) => context.external },
  { name: 'ownApplication', cell: ({ context }) => context.ownApplication },
  { name: 'derived', cell: ({ session }) => session.derived },
  { name: 'sessionId', cell: ({ session }) => session.sessionId },
  { name: 'sessionIdSources', cell: ({ session }) => listCell(session.sessionIdSources) },
  { name: 'otherSessionIds', cell: ({ session }) => listCell(session.otherSessionIds) },
  { name: 'kin', cell: ({ session }) => listCell(session.kin) },
  { name: 'clientInfo', cell: ({ context }) => context.clientInfo },
  { name: 'appId', cell: ({ context }) => context.appId },
  { name: 'clientAppId', cell: ({ context }) => context.clientAppId },
  { name: 'logonType', cell: ({ context }) => context.logonType },
  { name: 'deviceId', cell: ({ context }) => context.deviceId },
  { name: 'mailboxGuid', cell: ({ context }) => context.mailbox.guid },
  { name: 'lastJudgedAt', cell: ({ mark }) => mark?.at ?? null },
  { name: 'lastJudgedBy', cell: ({ mark }) => mark?.analyst ?? null },
  { name: 'reason', cell: ({ mark }) => mark?.reason ?? null },
  ...SIGN_IN_COLUMNS.map(({ name, cell }) => ({
    name,
    cell: ({ session }: ContextRow) => cell(session),
  })),
];

const contextRows = function* (exported: ExportedCase): Generator<ContextRow> {
  const marks = latestMarks(exported.decisions);
  for (const session of exported.sessions()) {
    const mark = marks.get(session.key) ?? null;
    for (const context of session.contexts) yield { session, context, mark };
  }
};

/** The sessions with a verdict, one row for each of their contexts, undecided ones included. */
export const sessionsSheet: ExportPart = {
  name: 'sessions',
  fileName: 'sessions.csv',
  opening: sheetOpening(COLUMNS),
  text: (exported) => sheetText(COLUMNS, contextRows(exported)),
};
