import type { Act, Containment, ContextNote, Target } from '../../domain/verdicts/decision.ts';
import type { Decision } from '../../domain/verdicts/decision.ts';
import { classMask } from '../../domain/exposure/exposure-class.ts';
import { Problem } from '../../domain/problem.ts';
import type { Context } from '../../domain/sessions/session.ts';
import { redoable, undoable, verdictOf } from '../../domain/verdicts/verdicts.ts';
import { appendDecision } from '../../store/decision-log.ts';
import { changeCaseFile, type StatedWindow } from '../../store/case-file.ts';
import type { CaseStore } from '../../store/case-store.ts';
import type { DecisionOutcome, MarkRequest } from '../case-service.ts';

/** Who decides, and when: goes into each decision. */
export interface Judge {
  readonly analyst: string;
  readonly console: string;
  /** UTC now, ISO. */
  readonly now: () => string;
}

const noteOf = (context: Context): ContextNote => ({
  key: context.key,
  records: context.records,
  digest: context.digest,
});

const confirmed = (open: CaseStore): number =>
  Number(
    open.db
      .prepare(
        `SELECT count(*) AS messages FROM message_facts
        WHERE identified = 1 AND facts & ${classMask('confirmed')}`,
      )
      .get()?.['messages'],
  );

/** Writes a decision, takes it up, and says what it changed. */
export const decide = (
  open: CaseStore,
  judge: Judge,
  act: Act,
  reason: string | null,
  touched: Pick<DecisionOutcome, 'sessions' | 'contexts' | 'replaced'>,
): DecisionOutcome => {
  const confirmedBefore = confirmed(open);
  const { analyst, console } = judge;
  const decision = appendDecision(open.folder, act, { at: judge.now(), analyst, console, reason });
  open.refresh();
  return { decision, ...touched, confirmedBefore, confirmedAfter: confirmed(open) };
};

/** A benign verdict must not clear what came in after the analyst looked ("Doubt never clears"). */
const refuseUnseen = (request: MarkRequest, key: string, records: number): void => {
  const seen = request.seen?.[key];
  if (request.verdict !== 'benign' || seen === undefined || seen >= records) return;
  throw new Problem(
    `${records - seen} more ${records - seen === 1 ? 'record' : 'records'} arrived since this was shown.`,
    'Nothing was marked. Look at the new figures, then mark again.',
  );
};

const targetsOf = (open: CaseStore, request: MarkRequest): readonly Target[] => {
  const rows = open.sessionRows();
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
const replacedBy = (open: CaseStore, targets: readonly Target[]): number =>
  targets
    .filter((target) => target.whole)
    .flatMap((target) =>
      target.contexts.map((note) => verdictOf(open.state, { ...note, session: target.session })),
    )
    .filter((status) => status.of === 'context').length;

/** Contexts among the targets that have a verdict. */
const judgedOf = (open: CaseStore, targets: readonly Target[]): number =>
  targets
    .flatMap(({ session, contexts }) =>
      contexts.map((note) => verdictOf(open.state, { ...note, session }).verdict),
    )
    .filter((verdict) => verdict !== null).length;

/** @throws Problem where a key matches nothing, or a benign mark would clear unseen records. */
export const markContexts = (
  open: CaseStore,
  judge: Judge,
  request: MarkRequest,
): DecisionOutcome => {
  open.refresh();
  const targets = targetsOf(open, request);
  const outcome = decide(
    open,
    judge,
    { act: 'mark', verdict: request.verdict, targets },
    request.reason,
    {
      sessions: targets.length,
      contexts: targets.reduce((sum, target) => sum + target.contexts.length, 0),
      replaced: replacedBy(open, targets),
    },
  );
  return request.verdict === null ? { ...outcome, stillJudged: judgedOf(open, targets) } : outcome;
};

const touchedBy = (
  decision: Decision | undefined,
): Pick<DecisionOutcome, 'sessions' | 'contexts' | 'replaced'> => {
  const targets = decision?.act === 'mark' ? decision.targets : [];
  return {
    sessions: targets.length,
    contexts: targets.reduce((sum, target) => sum + target.contexts.length, 0),
    replaced: 0,
  };
};

/** Undo or redo of this console's own latest act; null where there is none. */
export const reverse = (
  open: CaseStore,
  judge: Judge,
  act: 'undo' | 'redo',
): DecisionOutcome | null => {
  open.refresh();
  const of = (act === 'undo' ? undoable : redoable)(open.state, judge.console);
  if (of === null) return null;
  const about = open.decisions.find((decision) => decision.hash === of);
  const outcome = decide(open, judge, { act, of }, null, touchedBy(about));
  if (about?.act === 'window') mirrorWindows(open);
  return outcome;
};

/** case.json repeats the windows for people who read it; decisions.jsonl is what counts. */
const mirrorWindows = (open: CaseStore): void => {
  const inForce = new Map<string | null, StatedWindow | null>();
  for (const decision of open.decisions) {
    if (decision.act !== 'window') continue;
    const { mailbox, from, to, reason, analyst, at, hash } = decision;
    if (open.state.inForce.undone.has(hash)) {
      if (!inForce.has(mailbox)) inForce.set(mailbox, null);
    } else {
      const none = from === null && to === null;
      inForce.set(mailbox, none ? null : { from, to, because: reason, analyst, at });
    }
  }
  changeCaseFile(open.folder, (before) => {
    const windows = { ...before.windows };
    for (const [mailbox, window] of inForce) {
      if (mailbox === null) continue;
      if (window === null) delete windows[mailbox];
      else windows[mailbox] = window;
    }
    return { ...before, window: inForce.get(null) ?? null, windows };
  });
  open.refresh();
};

export const NOTHING_TOUCHED = { sessions: 0, contexts: 0, replaced: 0 } as const;

export const setAccessWindow = (
  open: CaseStore,
  judge: Judge,
  window: {
    readonly mailbox: string | null;
    readonly from: string | null;
    readonly to: string | null;
  },
  reason: string | null,
): DecisionOutcome => {
  open.refresh();
  const { mailbox, from, to } = window;
  if (from !== null && to !== null && Date.parse(to) < Date.parse(from)) {
    throw new Problem('The access window ends before it begins.', 'Give the earlier time first.');
  }
  const outcome = decide(
    open,
    judge,
    { act: 'window', mailbox, from, to },
    reason,
    NOTHING_TOUCHED,
  );
  mirrorWindows(open);
  return outcome;
};

/** States, or with all times null takes back, when the intruder was shut out of a mailbox or the case (null). */
export const stateContainment = (
  open: CaseStore,
  judge: Judge,
  mailbox: string | null,
  containment: Containment,
  reason: string | null,
): DecisionOutcome => {
  open.refresh();
  return decide(open, judge, { act: 'contain', mailbox, ...containment }, reason, NOTHING_TOUCHED);
};
