import type { Session } from '../../domain/sessions/session.ts';
import { isCertain, type JoinedSignIn } from '../../domain/sessions/sign-in-join.ts';
import { isDeviceCode, riskOf, succeeded } from '../../domain/sessions/sign-in.ts';
import type { ExportedCase, ExportPart } from '../exported-case.ts';
import { listCell } from './cell.ts';
import { type SheetColumn, sheetOpening, sheetText } from './sheet.ts';

interface SignInRow {
  readonly session: Session;
  readonly joined: JoinedSignIn;
}

const COLUMNS: readonly SheetColumn<SignInRow>[] = [
  { name: 'session', cell: ({ session }) => session.key },
  { name: 'sessionVerdict', cell: ({ session }) => session.verdict },
  { name: 'time', cell: ({ joined }) => joined.signIn.time },
  { name: 'joinedBy', cell: ({ joined }) => joined.by },
  { name: 'certain', cell: ({ joined }) => isCertain(joined) },
  { name: 'user', cell: ({ joined }) => joined.signIn.user },
  { name: 'app', cell: ({ joined }) => joined.signIn.app },
  { name: 'clientApp', cell: ({ joined }) => joined.signIn.clientApp },
  { name: 'address', cell: ({ joined }) => joined.signIn.address },
  { name: 'city', cell: ({ joined }) => joined.signIn.city },
  { name: 'country', cell: ({ joined }) => joined.signIn.country },
  { name: 'network', cell: ({ joined }) => joined.signIn.network },
  { name: 'device', cell: ({ joined }) => joined.signIn.device },
  { name: 'operatingSystem', cell: ({ joined }) => joined.signIn.operatingSystem },
  { name: 'browser', cell: ({ joined }) => joined.signIn.browser },
  { name: 'trustType', cell: ({ joined }) => joined.signIn.trustType },
  { name: 'interactive', cell: ({ joined }) => joined.signIn.interactive },
  { name: 'event', cell: ({ joined }) => joined.signIn.event },
  { name: 'deviceCode', cell: ({ joined }) => isDeviceCode(joined.signIn) },
  { name: 'protocol', cell: ({ joined }) => joined.signIn.protocol },
  { name: 'methods', cell: ({ joined }) => listCell(joined.signIn.methods) },
  { name: 'requirement', cell: ({ joined }) => joined.signIn.requirement },
  { name: 'conditionalAccess', cell: ({ joined }) => joined.signIn.conditionalAccess },
  { name: 'risk', cell: ({ joined }) => riskOf(joined.signIn) },
  { name: 'riskState', cell: ({ joined }) => joined.signIn.riskState },
  { name: 'succeeded', cell: ({ joined }) => succeeded(joined.signIn) },
  { name: 'errorCode', cell: ({ joined }) => joined.signIn.errorCode },
  { name: 'failureReason', cell: ({ joined }) => joined.signIn.failureReason },
  { name: 'resource', cell: ({ joined }) => joined.signIn.resource },
  { name: 'userAgent', cell: ({ joined }) => joined.signIn.userAgent },
  { name: 'appId', cell: ({ joined }) => joined.signIn.appId },
  { name: 'userId', cell: ({ joined }) => joined.signIn.userId },
  { name: 'deviceId', cell: ({ joined }) => joined.signIn.deviceId },
  { name: 'requestId', cell: ({ joined }) => joined.signIn.id },
  { name: 'sessionId', cell: ({ joined }) => joined.signIn.sessionId },
  { name: 'tokenId', cell: ({ joined }) => joined.signIn.tokenId },
  { name: 'correlationId', cell: ({ joined }) => joined.signIn.correlationId },
];

const rows = function* (exported: ExportedCase): Generator<SignInRow> {
  for (const session of exported.sessions())
    for (const joined of session.signIns) yield { session, joined };
};

/** The sign-ins of the sessions with a verdict, one a row, and how each was joined. */
export const signInsSheet: ExportPart = {
  name: 'sign-ins',
  fileName: 'sign-ins.csv',
  opening: sheetOpening(COLUMNS),
  text: (exported) => sheetText(COLUMNS, rows(exported)),
};
