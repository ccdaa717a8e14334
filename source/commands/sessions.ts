import { sessionJson } from '../exports/documents/session.ts';
import { isCertain } from '../domain/sessions/sign-in-join.ts';
import { riskOf } from '../domain/sessions/sign-in.ts';
import type { Session, ShownVerdict } from '../domain/sessions/session.ts';
import { caseFilter, filterInCase, SESSION_FILTERS } from './case-filter.ts';
import { withCase } from './case-choice.ts';
import type { Command } from './command.ts';
import { note, printDocument, wantsJson } from './report.ts';
import { type Column, printTable } from './table.ts';

/** The letter that says a verdict without colour (`contract.md`, The console). */
const verdictLetter = (verdict: ShownVerdict): string =>
  verdict === null ? '·' : { malicious: 'M', benign: 'B', mixed: '±' }[verdict];

/** One of a list, or how many there are. */
const oneOrCount = (texts: readonly string[], many: string): string =>
  texts.length === 0 ? '-' : texts.length === 1 ? (texts[0] ?? '-') : `${texts.length} ${many}`;

const isAtRisk = ({ signIns }: Session): boolean =>
  signIns.some((joined) => isCertain(joined) && riskOf(joined.signIn) !== null);

const marks = (session: Session): string =>
  [
    session.syncs > 0 ? 'S' : '',
    session.throttled > 0 ? 'T' : '',
    session.appOnly ? 'A' : '',
    session.delegate ? 'D' : '',
    session.external ? 'X' : '',
    session.ownApplication ? 'O' : '',
    isAtRisk(session) ? 'R' : '',
    session.derived ? '?' : '',
    session.itemsMissing > 0 ? '!' : '',
    session.grownSinceVerdict > 0 ? `+${session.grownSinceVerdict}` : '',
  ]
    .filter((mark) => mark !== '')
    .join(' ');

const mailboxNames = ({ mailboxes }: Session): readonly string[] =>
  mailboxes.map(({ owner, guid }) => owner ?? guid ?? '(mailbox not stated)');

const COLUMNS: readonly Column<Session>[] = [
  { title: 'KEY', cell: ({ key }) => key, whole: true },
  { title: 'V', cell: ({ verdict }) => verdictLetter(verdict), whole: true },
  { title: 'FIRST SEEN', cell: ({ firstSeen }) => firstSeen, whole: true, spare: 9 },
  { title: 'LAST SEEN', cell: ({ lastSeen }) => lastSeen, whole: true, spare: 2 },
  { title: 'ACTOR', cell: ({ actors }) => oneOrCount(actors, 'actors') },
  {
    title: 'MAILBOX',
    cell: (session) => oneOrCount(mailboxNames(session), 'mailboxes'),
    spare: 8,
  },
  { title: 'CLIENT', cell: ({ clients }) => oneOrCount(clients, 'clients'), spare: 3 },
  { title: 'ADDRESS', cell: ({ addresses }) => oneOrCount(addresses, 'addresses') },
  { title: 'BINDS', cell: ({ binds }) => binds, numeric: true, spare: 7 },
  { title: 'SYNCS', cell: ({ syncs }) => syncs, numeric: true, spare: 6 },
  { title: 'MSGS', cell: ({ messages }) => messages, numeric: true },
  { title: 'MARKS', cell: marks, spare: 1 },
];

const counting = function* <Row>(rows: Iterable<Row>, count: { rows: number }): Generator<Row> {
  for (const row of rows) {
    count.rows += 1;
    yield row;
  }
};

export const sessions: Command = {
  name: 'sessions',
  summary: 'lists the sessions',
  argumentsLine: '',
  details:
    'Lists the sessions with at least one context that matches all filters; their figures are whole.\n' +
    'Several values of one flag are alternatives.\n' +
    'V: M malicious, B benign, ± mixed, · open. Marks: S sync, T throttled, A app-only, D delegate or\n' +
    'admin, X external, O the application mia itself reads mail with, R at risk by the sign-in log,\n' +
    '? derived (no session id), ! items missing, +n records since a benign verdict.',
  flags: [...SESSION_FILTERS, 'json'],
  examples: ['mia sessions --ip 95.96.75.0/24', 'mia sessions --verdict undecided --json'],
  run: (invocation) => {
    const asked = caseFilter(invocation.flags);
    return withCase(invocation, async (theCase) => {
      const { environment } = invocation;
      const filter = filterInCase(theCase, asked);
      if (wantsJson(invocation)) {
        const list = (function* () {
          for (const session of theCase.sessions(filter)) yield sessionJson(session);
        })();
        await printDocument(environment, 'mia.sessions/1', [['sessions', { list }]]);
        return 0;
      }
      const count = { rows: 0 };
      await printTable(environment, COLUMNS, counting(theCase.sessions(filter), count));
      if (count.rows === 0) note(environment, 'No session matches.');
      return 0;
    });
  },
};
