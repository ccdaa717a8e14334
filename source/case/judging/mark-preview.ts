import type { Context } from '../../domain/sessions/session.ts';
import type { CaseStore } from '../../store/case-store.ts';
import {
  partlyMalicious,
  touchedContexts,
  variedSessions,
} from '../../store/queries/asked-contexts.ts';
import type { MarkRequest } from './mark-targets.ts';

/** What a mark would touch, as it stands now, and which contexts must be asked for one by one. */
export interface MarkPreview {
  readonly sessions: number;
  readonly contexts: number;
  /** Of those contexts. */
  readonly malicious: number;
  readonly benign: number;
  /** Messages that they accessed, each counted once for each context. */
  readonly messages: number;
  /** Sessions, given whole, that a benign verdict would take malicious contexts of. */
  readonly partlyMalicious: number;
  /** Keys of sessions, given whole, whose contexts a benign verdict asks for. */
  readonly varied: readonly string[];
  readonly contextsToAsk: readonly Context[];
  /** Of `varied` those with more contexts than can be asked for at once. */
  readonly leftOut: number;
}

/** So many contexts can be asked for one after the other; sessions beyond are left as they are. */
const MOST_ASKED = 100;

/** Sessions whose contexts are to be asked for, as many as can be; how many were left out. */
const askedFor = (
  store: CaseStore,
  sessions: readonly string[],
): Pick<MarkPreview, 'varied' | 'contextsToAsk' | 'leftOut'> => {
  const rows = store.sessionRows();
  const varied = variedSessions(store.db, sessions);
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
export const previewOf = (store: CaseStore, request: MarkRequest): MarkPreview => {
  const { sessions, contexts, verdict } = request;
  const { db } = store;
  const nothing = { varied: [], contextsToAsk: [], leftOut: 0 };
  return {
    ...touchedContexts(db, sessions, contexts),
    partlyMalicious: verdict === 'benign' ? partlyMalicious(db, sessions) : 0,
    ...(verdict === 'benign' ? askedFor(store, sessions) : nothing),
  };
};
