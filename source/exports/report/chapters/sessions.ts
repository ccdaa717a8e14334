import { counted } from '../../../domain/count-words.ts';
import type { Context, Session } from '../../../domain/sessions/session.ts';
import { glanceAt } from '../../../domain/sessions/sign-in-glance.ts';
import type { Decision } from '../../../domain/verdicts/decision.ts';
import { verdictOf, type VerdictState } from '../../../domain/verdicts/verdicts.ts';
import { latestMarks } from '../../latest-marks.ts';
import { cutText, firstOf, mailboxText, spanText } from '../cell-text.ts';
import { addRow, noRows, tableOf } from '../listed-rows.ts';
import type { ReportInput } from '../report-input.ts';
import { again, type Block, type Cell, type Chapter, paragraph } from '../report.ts';

const COLUMNS = [
  { name: 'Session', as: 'code', width: 18 },
  { name: 'Time (UTC)', width: 17 },
  { name: 'Who, from where, with what', width: 27 },
  { name: 'Records', width: 13 },
  { name: 'Judged', width: 25 },
] as const;

const marksOf = (session: Session): readonly string[] => [
  ...(session.derived ? ['derived: its records carry no session id'] : []),
  ...(session.appOnly ? ['by an application alone'] : []),
  ...(session.delegate ? ['not (only) by the owner of the mailbox'] : []),
  ...(session.external ? ['from outside the organisation'] : []),
  ...(session.ownApplication ? ['by an application with which mia read mail for this case'] : []),
];

const signInLines = ({ signIns }: Session): readonly string[] => {
  const { opening, count, likely } = glanceAt(signIns);
  if (opening === null) return [];
  const { time, country, city } = opening.signIn;
  const place = [city, country].filter((one) => one !== null).join(', ');
  return [
    cutText(
      `sign-in ${time}${place === '' ? '' : ` from ${place}`}, ${likely ? 'likely of this session' : 'certainly of this session'} (${counted(count, 'sign-in')})`,
    ),
  ];
};

const whoLines = (session: Session): readonly string[] => [
  ...firstOf(session.actors, 5),
  ...firstOf(session.addresses, 8),
  ...firstOf(session.clients, 5),
  ...firstOf(session.mailboxes.map(mailboxText), 5).map((mailbox) => `mailbox ${mailbox}`),
  ...marksOf(session),
  ...signInLines(session),
];

const recordLines = (session: Session): readonly string[] => [
  counted(session.records, 'record'),
  `${counted(session.binds, 'bind')}, ${counted(session.syncs, 'sync')}`,
  counted(session.messages, 'message'),
  ...(session.itemsMissing === 0
    ? []
    : [`${counted(session.itemsMissing, 'record')} with items missing`]),
  ...(session.throttled === 0 ? [] : [`${counted(session.throttled, 'record')} throttled`]),
];

const contextLine = ({ key, address, client, verdict, records }: Context): string =>
  `context ${key}, ${address ?? 'no address'}, ${client}: ${verdict ?? 'open'}, ${counted(records, 'record')}`;

const byRule = (state: VerdictState, { contexts }: Session): number =>
  contexts.reduce((sum, context) => sum + verdictOf(state, context).byRule, 0);

const judgedLines = (
  session: Session,
  mark: Decision | undefined,
  state: VerdictState,
): readonly string[] => {
  const unseen = byRule(state, session);
  return [
    ...(mark === undefined
      ? ['not known by whom']
      : [
          `${mark.at} by ${cutText(mark.analyst)}`,
          `reason: ${cutText(mark.reason ?? 'none given', 1000)}`,
        ]),
    ...(session.grownSinceVerdict === 0
      ? []
      : [`${counted(session.grownSinceVerdict, 'record')} came after the verdict: open again`]),
    ...(unseen === 0
      ? []
      : [
          `${counted(unseen, 'record')} by rule, not seen by an analyst: they came after the verdict`,
        ]),
    ...(session.verdict === 'mixed' ? firstOf(session.contexts.map(contextLine), 20) : []),
  ];
};

const TABLES = [
  ['malicious', 'Judged malicious', 'No session is judged malicious as a whole.'],
  ['mixed', 'Mixed: contexts of one session judged differently', 'No session is mixed.'],
  ['benign', 'Judged benign', 'No session is judged benign as a whole.'],
] as const;

const blocks = function* ({ exported, state, command }: ReportInput): Generator<Block> {
  const { malicious, benign, mixed, undecided } = exported.summary.sessions;
  yield paragraph(
    `${counted(malicious, 'session')} judged malicious, ${counted(mixed, 'session')} mixed, ${counted(benign, 'session')} benign. ` +
      `${counted(undecided, 'session')} not judged: what ${undecided === 1 ? 'it' : 'they'} accessed stays open.`,
  );
  yield again(command("mia summary --json | jq '.sessions'"));
  const marks = latestMarks(exported.decisions);
  const tables = { malicious: noRows(), mixed: noRows(), benign: noRows() };
  for (const session of exported.sessions()) {
    const { key, sessionId, verdict } = session;
    if (verdict === null) continue;
    addRow(tables[verdict], (): readonly Cell[] => [
      [key, ...(sessionId === null ? [] : [cutText(sessionId)])],
      spanText(session.firstSeen, session.lastSeen),
      whoLines(session),
      recordLines(session),
      judgedLines(session, marks.get(key), state),
    ]);
  }
  for (const [verdict, title, empty] of TABLES)
    yield tableOf(title, COLUMNS, tables[verdict], {
      all: command('mia export --format csv --sheet sessions'),
      empty,
    });
};

/** The sessions with a verdict: whose, why, when it was given and by whom. */
export const sessionsChapter = (input: ReportInput): Chapter => ({
  id: 'sessions',
  title: 'Sessions that were judged',
  blocks: () => blocks(input),
});
