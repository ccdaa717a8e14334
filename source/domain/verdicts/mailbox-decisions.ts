/** What decisions say of whole mailboxes: access window, rebuttals, containment. */
import type { Gap } from '../exposure/exposure.ts';
import type { Containment, SyncNote } from './decision.ts';
import type { VerdictState } from './verdicts.ts';

/** The latest of these acts that was not undone, of those that `matches`. */
const latestInForce = <Act extends { readonly hash: string }>(
  { inForce }: VerdictState,
  acts: readonly Act[] | undefined,
  matches: (act: Act) => boolean = () => true,
): Act | undefined => acts?.findLast((act) => !inForce.undone.has(act.hash) && matches(act));

export interface AccessWindow {
  /** null: open at this end. Never both. */
  readonly from: string | null;
  readonly to: string | null;
}

const windowStatedFor = (state: VerdictState, mailbox: string | null): AccessWindow | null => {
  const latest = latestInForce(state, state.windows.get(mailbox));
  if (latest === undefined || (latest.from === null && latest.to === null)) return null;
  return { from: latest.from, to: latest.to };
};

/** The access window of a mailbox: its own, else the case's (mailbox null); null: none is stated. */
export const windowOf = (state: VerdictState, mailbox: string | null): AccessWindow | null =>
  (mailbox === null ? null : windowStatedFor(state, mailbox)) ?? windowStatedFor(state, null);

/**
 * Whether a rebuttal covers gaps of this kind; an old one without a kind: throttled and suspected.
 */
const isOfKind = (kind: Gap['kind'] | undefined, gap: Gap['kind']): boolean =>
  kind === undefined ? gap === 'throttled' || gap === 'suspected' : kind === gap;

/**
 * Whether a decision rebuts this gap: while it is of the kind and lies within the period that was
 * rebutted. A gap that grew beyond it is not. Taking back holds for every gap it meets: doubt never
 * clears.
 */
export const isRebutted = (
  state: VerdictState,
  mailbox: string,
  gap: Pick<Gap, 'from' | 'to' | 'kind'>,
): boolean => {
  const [from, to] = [Date.parse(gap.from), Date.parse(gap.to)];
  const latest = latestInForce(state, state.rebuttals.get(mailbox), (act) => {
    const [actFrom, actTo] = [Date.parse(act.from), Date.parse(act.to)];
    return act.rebutted
      ? actFrom <= from && to <= actTo && isOfKind(act.kind, gap.kind)
      : actFrom <= to && from <= actTo;
  });
  return latest?.rebutted ?? false;
};

/**
 * Whether a decision says that a mailbox was not copied whole: while no malicious context of it holds
 * more records of Syncs (`now`) than it did then, nor one that was not malicious then.
 */
export const isSyncRebutted = (
  state: VerdictState,
  mailbox: string,
  now: readonly SyncNote[],
): boolean => {
  const latest = latestInForce(state, state.syncRebuttals.get(mailbox));
  if (latest === undefined || !latest.rebutted) return false;
  if (latest.contexts === undefined)
    return now.reduce((sum, { syncs }) => sum + syncs, 0) <= latest.syncs;
  const noted = new Map(latest.contexts.map(({ key, syncs }) => [key, syncs]));
  return now.every(({ key, syncs }) => syncs <= (noted.get(key) ?? 0));
};

const containmentStatedFor = (state: VerdictState, mailbox: string | null): Containment | null => {
  const latest = latestInForce(state, state.containments.get(mailbox));
  if (latest === undefined) return null;
  const { sessions, consents, rules, delegations, by } = latest;
  const isStated = [sessions, consents, rules, delegations].some((time) => time !== null);
  return isStated ? { sessions, consents, rules, delegations, by } : null;
};

/** What is stated of a mailbox's containment: its own, else the case's (mailbox null); null: nothing. */
export const containmentOf = (state: VerdictState, mailbox: string | null): Containment | null =>
  (mailbox === null ? null : containmentStatedFor(state, mailbox)) ??
  containmentStatedFor(state, null);
