import type { Context } from '../../domain/sessions/session.ts';
import type { CaseStore } from '../../store/case-store.ts';
import {
  partlyMalicious,
  touchedContexts,
  variedSessions,
} from '../../store/queries/asked-contexts.ts';
import type { MarkPreview, MarkRequest } from '../case-service.ts';

/** So many contexts can be asked for one after the other; sessions beyond are left as they are. */
const MOST_ASKED = 100;

/** Sessions whose contexts are to be asked for, as many as can be; how many were left out. */
const askedFor = (
  open: CaseStore,
  sessions: readonly string[],
): Pick<MarkPreview, 'varied' | 'contextsToAsk' | 'leftOut'> => {
  const rows = open.sessionRows();
  const varied = variedSessions(open.db, sessions);
  const asked: Context[] = [];
  const left: string[] = [];
  for (const key of varied) {
    const number = rows.numberOf(key);
    const contexts = number === null ? [] : rows.contexts(number);
    // One session is asked for however many contexts it has: there is no other way to judge it.
    if (varied.length > 1 && asked.length + contexts.length > MOST_ASKED) left.push(key);
    else asked.push(...contexts);
  }
  return { varied, contextsToAsk: asked, leftOut: left.length };
};

/**
 * What a mark would change, for whoever asks before it is made. A context that is named by its own key
 * is not asked for again.
 */
export const previewMark = (open: CaseStore, request: MarkRequest): MarkPreview => {
  const { sessions, contexts, verdict } = request;
  const { db } = open;
  const nothing = { varied: [], contextsToAsk: [], leftOut: 0 };
  return {
    ...touchedContexts(db, sessions, contexts),
    partlyMalicious: verdict === 'benign' ? partlyMalicious(db, sessions) : 0,
    ...(verdict === 'benign' ? askedFor(open, sessions) : nothing),
  };
};
