import { counted } from '../../../domain/count-words.ts';
import type { Decision } from '../../../domain/verdicts/decision.ts';
import { isInForce, type VerdictState } from '../../../domain/verdicts/verdicts.ts';
import { decisionDetails } from '../../documents/decision.ts';
import { cutText, firstOf } from '../cell-text.ts';
import { rowsOf, tableOf } from '../listed-rows.ts';
import type { ReportInput } from '../report-input.ts';
import { again, type Block, type Cell, type Chapter, paragraph } from '../report.ts';

const ACTS: Readonly<Record<Decision['act'], string>> = {
  mark: 'verdict',
  undo: 'undone',
  redo: 'put back',
  window: 'access window stated',
  rebut: 'gap',
  rebutSync: 'copied whole',
  contain: 'containment stated',
  withdraw: 'source withdrawn',
};

const actText = (decision: Decision): string => {
  switch (decision.act) {
    case 'mark':
      return decision.verdict ?? 'verdict taken away';
    case 'rebut':
    case 'rebutSync':
      return `${ACTS[decision.act]}: ${decision.rebutted ? 'rebutted' : 'no longer rebutted'}`;
    default:
      return ACTS[decision.act];
  }
};

const targetLines = (decision: Decision): readonly string[] => {
  if (decision.act !== 'mark') return [];
  return firstOf(
    decision.targets.map(({ session, whole, contexts }) => {
      const records = contexts.reduce((sum, one) => sum + one.records, 0);
      const of = whole ? 'session' : `${counted(contexts.length, 'context')} of session`;
      return `${of} ${session} (${counted(records, 'record')})`;
    }),
    10,
  );
};

const detailLine = ([name, value]: readonly [string, unknown]): readonly string[] =>
  value === null || typeof value === 'object' || name === 'rebutted'
    ? []
    : [cutText(`${name} ${String(value)}`)];

const stateText = (decision: Decision, state: VerdictState): readonly string[] => {
  if (decision.act === 'undo' || decision.act === 'redo' || decision.act === 'withdraw') return [];
  return isInForce(state, decision.hash) ? [] : ['undone since'];
};

const row = (decision: Decision, state: VerdictState): readonly Cell[] => [
  decision.at,
  cutText(decision.analyst),
  [actText(decision), ...stateText(decision, state)],
  [...targetLines(decision), ...decisionDetails(decision).flatMap(detailLine)],
  decision.reason === null ? null : cutText(decision.reason, 1000),
  decision.hash.slice(0, 16),
];

const blocks = function* ({ exported, state }: ReportInput): Generator<Block> {
  const { decisions } = exported;
  const all = 'mia export --format csv --sheet decisions';
  yield paragraph(
    'Every decision of the case in the order in which it was made, benign ones and those undone or superseded too. Each holds the hash of the one before: a change shows, as long as the last hash is kept elsewhere, such as in this report.',
  );
  yield paragraph(
    `${counted(decisions.length, 'decision')}. The end of the chain (decisionsHead): ${decisions.at(-1)?.hash ?? 'none yet'}`,
  );
  yield again('mia verify', all);
  yield tableOf(
    'Decisions',
    [
      { name: 'At (UTC)', width: 20 },
      { name: 'By', width: 11 },
      { name: 'Decision', width: 12 },
      { name: 'On what', width: 21 },
      { name: 'Reason', width: 23 },
      { name: 'Hash, its beginning', as: 'code', width: 13 },
    ],
    rowsOf(decisions, (decision) => row(decision, state)),
    { all, empty: 'Nothing was decided.' },
  );
};

/** What was decided, by whom, when and why. */
export const decisionsChapter = (input: ReportInput): Chapter => ({
  id: 'decisions',
  title: 'Decisions',
  blocks: () => blocks(input),
});
