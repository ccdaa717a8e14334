import type { Mailbox } from '../../../domain/sessions/session.ts';
import { containmentOf, windowOf } from '../../../domain/verdicts/mailbox-decisions.ts';
import type { VerdictState } from '../../../domain/verdicts/verdicts.ts';
import { cutText, mailboxText, windowText } from '../cell-text.ts';
import { rowsOf, tableOf } from '../listed-rows.ts';
import type { ReportInput } from '../report-input.ts';
import { again, type Block, type Cell, type Chapter, paragraph } from '../report.ts';

const ENDED = [
  ['sessions', 'sessions ended'],
  ['consents', 'consents taken back'],
  ['rules', 'rules removed'],
  ['delegations', 'delegations removed'],
] as const;

const containmentLines = (state: VerdictState, mailbox: string | null): readonly string[] => {
  const stated = containmentOf(state, mailbox);
  if (stated === null) return ['not stated'];
  return [
    ...ENDED.map(([name, words]) => `${words}: ${stated[name] ?? 'not stated'}`),
    `by: ${cutText(stated.by ?? 'not stated')}`,
  ];
};

const windowLine = (state: VerdictState, mailbox: string | null): string => {
  const window = windowOf(state, mailbox);
  return window === null ? 'not stated' : windowText(window);
};

/** Of mailboxes of which something of their own is stated. */
const ownFacts = function* (
  mailboxes: readonly Mailbox[],
  state: VerdictState,
): Generator<readonly Cell[]> {
  for (const mailbox of mailboxes) {
    const { guid } = mailbox;
    if (guid === null || !(state.windows.has(guid) || state.containments.has(guid))) continue;
    yield [mailboxText(mailbox), windowLine(state, guid), containmentLines(state, guid)];
  }
};

const blocks = function* ({ exported, state }: ReportInput): Generator<Block> {
  yield paragraph(
    'As the analysts stated them. Each is a decision, and stands with its reason in the chapter Decisions.',
  );
  yield {
    block: 'terms',
    terms: [
      ['Case', cutText(exported.title)],
      ['Analyst', cutText(exported.analyst)],
      [
        'Access window (UTC)',
        exported.window === null ? 'not stated' : windowText(exported.window),
      ],
      ['Containment (UTC)', containmentLines(state, null)],
    ],
  };
  yield tableOf(
    'Mailboxes with facts of their own',
    [{ name: 'Mailbox' }, { name: 'Access window (UTC)' }, { name: 'Containment (UTC)' }],
    rowsOf(ownFacts(exported.summary.mailboxes, state), (row) => row),
    { all: 'mia export --format csv --sheet decisions', empty: 'None has any.' },
  );
  yield again('mia export --format csv --sheet decisions');
};

/** When the intruder had access, and when that was ended, as far as it is stated. */
export const caseFactsChapter = (input: ReportInput): Chapter => ({
  id: 'case-facts',
  title: 'Case facts',
  blocks: () => blocks(input),
});
