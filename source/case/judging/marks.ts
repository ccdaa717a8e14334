import { Problem } from '../../domain/problem.ts';
import type { Context, Verdict } from '../../domain/sessions/session.ts';
import type { ContextNote, Target } from '../../domain/verdicts/decision.ts';
import { verdictOf } from '../../domain/verdicts/verdicts.ts';
import type { CaseStore } from '../../store/case-store.ts';
import {
  partlyMalicious,
  touchedContexts,
  variedSessions,
} from '../../store/queries/asked-contexts.ts';

/** What a mark aims at. */
export interface MarkRequest {
  /** null clears. */
  readonly verdict: Verdict | null;
  readonly sessions: readonly string[];
  readonly contexts: readonly string[];
  readonly reason: string | null;
  /**
   * Records each of them had when it was shown. A benign mark is refused where there are more now:
   * it must not clear what the analyst did not see.
   */
  readonly seen?: { readonly [key: string]: number };
}

const noteOf = (context: Context): ContextNote => ({
  key: context.key,
  records: context.records,
  digest: context.digest,
});

/** A benign verdict must not clear what came in after the analyst looked ("Doubt never clears"). */
const refuseUnseen = (request: MarkRequest, key: string, records: number): void => {
  const seen = request.seen?.[key];
  if (request.verdict !== 'benign' || seen === undefined || seen >= records) return;
  throw new Problem(
    `${records - seen} more ${records - seen === 1 ? 'record' : 'records'} arrived since this was shown.`,
    'Nothing was marked. Look at the new figures, then mark again.',
  );
};

/** @throws Problem where a key matches nothing, or a benign mark would clear unseen records. */
export const targetsOf = (store: CaseStore, request: MarkRequest): readonly Target[] => {
  const rows = store.sessionRows();
  const targets = new Map<string, { session: string; whole: boolean; contexts: ContextNote[] }>();
  for (const key of request.sessions) {
    const number = rows.numberOf(key);
    if (number === null)
      throw new Problem(`There is no session ${key}.`, 'List them with `mia sessions`.');
    const contexts = rows.contexts(number);
    refuseUnseen(
      request,
      key,
      contexts.reduce((sum, context) => sum + context.records, 0),
    );
    targets.set(key, { session: key, whole: true, contexts: contexts.map(noteOf) });
  }
  for (const key of request.contexts) {
    const context = rows.context(key);
    if (context === null)
      throw new Problem(`There is no context ${key}.`, 'List them with `mia sessions --json`.');
    refuseUnseen(request, key, context.records);
    const target = targets.get(context.session) ?? {
      session: context.session,
      whole: false,
      contexts: [],
    };
    targets.set(context.session, target);
    if (!target.whole) target.contexts.push(noteOf(context));
  }
  return [...targets.values()];
};

/** Own verdicts of contexts that marking their session replaces (`domain.md`, Verdicts). */
export const replacedBy = (store: CaseStore, targets: readonly Target[]): number =>
  targets
    .filter((target) => target.whole)
    .flatMap((target) =>
      target.contexts.map((note) => verdictOf(store.state, { ...note, session: target.session })),
    )
    .filter((status) => status.of === 'context').length;

/** Contexts among the targets that have a verdict. */
export const judgedOf = (store: CaseStore, targets: readonly Target[]): number =>
  targets
    .flatMap(({ session, contexts }) =>
      contexts.map((note) => verdictOf(store.state, { ...note, session }).verdict),
    )
    .filter((verdict) => verdict !== null).length;

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
