import { decisionJson } from '../exports/documents/decision.ts';
import type { DecisionOutcome } from '../case/judging/judging.ts';
import type { ExitCode, Invocation } from './command.ts';
import { printDocument, printLines, valueMembers, wantsJson } from './report.ts';

/** How many messages are confirmed after what was done, and how many more or fewer that is. */
export const confirmedSentence = (before: number, after: number): string => {
  const change = after - before;
  if (change === 0) return `Messages confirmed: ${after}, as before.`;
  return `Messages confirmed: ${after} (${change > 0 ? '+' : ''}${change}).`;
};

/** What a decision did: for people the lines given, with `--json` the document `mia.decision/1`. */
export const reportDecision = async (
  invocation: Invocation,
  outcome: DecisionOutcome,
  lines: readonly string[],
): Promise<ExitCode> => {
  const { environment } = invocation;
  if (wantsJson(invocation)) {
    const document = {
      decision: decisionJson(outcome.decision),
      sessions: outcome.sessions,
      contexts: outcome.contexts,
      replaced: outcome.replaced,
      confirmedBefore: outcome.confirmedBefore,
      confirmedAfter: outcome.confirmedAfter,
    };
    await printDocument(environment, 'mia.decision/1', valueMembers(document));
  } else await printLines(environment, lines);
  return 0;
};
