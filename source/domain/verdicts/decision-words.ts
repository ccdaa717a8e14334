import type { Decision } from './decision.ts';

/** What a decision says, by whom and when. May hold names out of the log; `most`: targets named. */
export const decisionWords = (decision: Decision, most = Infinity): string => {
  const { act, at, analyst } = decision;
  if (decision.act !== 'mark') return `${act}, by ${analyst} at ${at}`;
  const sessions = decision.targets.map(({ session }) => session);
  const more = sessions.length > most ? ` and ${sessions.length - most} more` : '';
  const named = sessions.slice(0, most).join(', ');
  return `${decision.verdict ?? 'clear'} on ${named}${more}, by ${analyst} at ${at}`;
};
