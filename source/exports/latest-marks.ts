import { applyDecision, nothingInForce } from '../domain/verdicts/acts-in-force.ts';
import type { Decision } from '../domain/verdicts/decision.ts';

type Mark = Extract<Decision, { act: 'mark' }>;

/** The latest mark in force on each session, by session key: who judged it last, when and why. */
export const latestMarks = (decisions: readonly Decision[]): ReadonlyMap<string, Mark> => {
  const state = nothingInForce();
  for (const decision of decisions) applyDecision(state, decision);
  const marks = new Map<string, Mark>();
  // In the order in which they were made: an act that was put back counts at its own place.
  for (const act of state.acts.values()) {
    if (act.act !== 'mark' || state.undone.has(act.hash)) continue;
    for (const target of act.targets) marks.set(target.session, act);
  }
  return marks;
};
