import { counted } from '../../domain/count-words.ts';
import type { Gap } from '../../domain/exposure/exposure.ts';
import type { WhatIf } from '../../domain/exposure/what-if.ts';
import { Problem } from '../../domain/problem.ts';
import type { Verdict } from '../../domain/sessions/session.ts';
import type { Act, Containment, Decision } from '../../domain/verdicts/decision.ts';
import { redoable, undoable } from '../../domain/verdicts/verdicts.ts';
import { changeCaseFile, type StatedWindow } from '../../store/case-file.ts';
import type { CaseStore } from '../../store/case-store.ts';
import { NO_LINE_BEFORE } from '../../store/decision-line.ts';
import { appendDecision } from '../../store/decision-log.ts';
import { confirmedMessages } from '../../store/queries/class-counts.ts';
import { mailboxNumber } from '../../store/queries/mailboxes.ts';
import { type MarkPreview, previewOf } from './marks.ts';
import { judgedOf, type MarkRequest, replacedBy, targetsOf } from './marks.ts';
import { type AddressReach, reachOf } from './reach.ts';

/** Who decides, and when: goes into each decision. */
export interface Author {
  readonly analyst: string;
  readonly console: string;
  /** UTC now, ISO. */
  readonly now: () => string;
}

export interface DecisionOutcome {
  readonly decision: Decision;
  /** For the status line: sessions and contexts touched, own verdicts replaced, change of `messages.confirmed`. */
  readonly sessions: number;
  readonly contexts: number;
  readonly replaced: number;
  /** Contexts that were cleared, and that the verdict on their session still speaks for. */
  readonly stillJudged?: number;
  readonly confirmedBefore: number;
  readonly confirmedAfter: number;
}

type Touched = Pick<DecisionOutcome, 'sessions' | 'contexts' | 'replaced'>;

const NOTHING_TOUCHED: Touched = { sessions: 0, contexts: 0, replaced: 0 };

const touchedBy = (decision: Decision | undefined): Touched => {
  const targets = decision?.act === 'mark' ? decision.targets : [];
  return {
    sessions: targets.length,
    contexts: targets.reduce((sum, target) => sum + target.contexts.length, 0),
    replaced: 0,
  };
};

/** case.json repeats the windows for people who read it; decisions.jsonl is what counts. */
const mirrorWindows = (store: CaseStore): void => {
  const inForce = new Map<string | null, StatedWindow | null>();
  for (const decision of store.decisions) {
    if (decision.act !== 'window') continue;
    const { mailbox, from, to, reason, analyst, at, hash } = decision;
    if (store.state.inForce.undone.has(hash)) {
      if (!inForce.has(mailbox)) inForce.set(mailbox, null);
    } else {
      const none = from === null && to === null;
      inForce.set(mailbox, none ? null : { from, to, because: reason, analyst, at });
    }
  }
  changeCaseFile(store.folder, (before) => {
    const windows = { ...before.windows };
    for (const [mailbox, window] of inForce) {
      if (mailbox === null) continue;
      if (window === null) delete windows[mailbox];
      else windows[mailbox] = window;
    }
    return { ...before, window: inForce.get(null) ?? null, windows };
  });
  store.refresh();
};

const refuseWithoutReason = (reason: string, what: string, why: string): void => {
  if (reason.trim() === '')
    throw new Problem(`${what} is only rebutted with a reason.`, `Say why ${why}.`);
};

/** What becomes a decision of a case: each is appended to its log, taken up, and told of. */
export class Judging {
  readonly #store: CaseStore;
  readonly #author: Author;

  constructor(store: CaseStore, author: Author) {
    this.#store = store;
    this.#author = author;
  }

  /** Writes a decision, takes it up, and says what it changed. */
  #decide(act: Act, reason: string | null, touched = NOTHING_TOUCHED): DecisionOutcome {
    const { analyst, console, now } = this.#author;
    const confirmedBefore = confirmedMessages(this.#store.db);
    const decision = appendDecision(this.#store.folder, act, {
      ...{ at: now(), analyst, console, reason },
    });
    this.#store.refresh();
    const confirmedAfter = confirmedMessages(this.#store.db);
    return { decision, ...touched, confirmedBefore, confirmedAfter };
  }

  /** What it would touch, and what must be asked for before it. */
  previewMark(request: MarkRequest): MarkPreview {
    this.#store.refresh();
    return previewOf(this.#store, request);
  }

  /** All contexts of an exact address or a CIDR that exist now. */
  reachOf(address: string): AddressReach {
    this.#store.refresh();
    return reachOf(this.#store, address);
  }

  /** @throws Problem where a key matches nothing, or a benign mark would clear unseen records. */
  mark(request: MarkRequest): DecisionOutcome {
    this.#store.refresh();
    const { verdict, reason } = request;
    const targets = targetsOf(this.#store, request);
    const outcome = this.#decide({ act: 'mark', verdict, targets }, reason, {
      sessions: targets.length,
      contexts: targets.reduce((sum, target) => sum + target.contexts.length, 0),
      replaced: replacedBy(this.#store, targets),
    });
    return verdict === null ? { ...outcome, stillJudged: judgedOf(this.#store, targets) } : outcome;
  }

  /** What a mark would change; nothing is written. @throws Problem where a key matches nothing. */
  whatIf(request: MarkRequest & { readonly verdict: Verdict }): WhatIf {
    this.#store.refresh();
    const { verdict, reason } = request;
    const { analyst, console, now } = this.#author;
    const targets = targetsOf(this.#store, request);
    const before = this.#store.exposure.summary();
    const unmade = { at: now(), analyst, console, reason, prev: NO_LINE_BEFORE, hash: 'unmade' };
    const after = this.#store.summaryWith({ act: 'mark', verdict, targets, ...unmade });
    return {
      verdict,
      sessions: targets.length,
      contexts: targets.reduce((sum, target) => sum + target.contexts.length, 0),
      replaced: replacedBy(this.#store, targets),
      ...{ before, after },
    };
  }

  /** Of this console's own latest act; null: there is none. */
  undo(): DecisionOutcome | null {
    return this.#reverse('undo');
  }

  redo(): DecisionOutcome | null {
    return this.#reverse('redo');
  }

  #reverse(act: 'undo' | 'redo'): DecisionOutcome | null {
    this.#store.refresh();
    const { state, decisions } = this.#store;
    const of = (act === 'undo' ? undoable : redoable)(state, this.#author.console);
    if (of === null) return null;
    const about = decisions.find((decision) => decision.hash === of);
    const outcome = this.#decide({ act, of }, null, touchedBy(about));
    if (about?.act === 'window') mirrorWindows(this.#store);
    return outcome;
  }

  /** `mailbox` null: of the case. Both times null: nothing is stated any more. */
  setWindow(
    mailbox: string | null,
    from: string | null,
    to: string | null,
    reason: string | null,
  ): DecisionOutcome {
    this.#store.refresh();
    if (from !== null && to !== null && Date.parse(to) < Date.parse(from))
      throw new Problem('The access window ends before it begins.', 'Give the earlier time first.');
    const outcome = this.#decide({ act: 'window', mailbox, from, to }, reason);
    mirrorWindows(this.#store);
    return outcome;
  }

  /**
   * States, or with all times null takes back, when the intruder was shut out of a mailbox; `mailbox`
   * null: of the case.
   */
  contain(
    mailbox: string | null,
    containment: Containment,
    reason: string | null,
  ): DecisionOutcome {
    this.#store.refresh();
    return this.#decide({ act: 'contain', mailbox, ...containment }, reason);
  }

  /** Says with a reason that nothing was lost in a gap; or takes that back. */
  rebutGap(
    mailbox: string,
    { from, to, kind }: Pick<Gap, 'from' | 'to' | 'kind'>,
    rebutted: boolean,
    reason: string,
  ): DecisionOutcome {
    refuseWithoutReason(reason, 'A gap', 'no mail access was lost in it');
    this.#store.refresh();
    return this.#decide({ act: 'rebut', mailbox, from, to, kind, rebutted }, reason);
  }

  /** Says with a reason that a mailbox was synchronised and yet not copied whole; or takes that back. */
  rebutSync(mailbox: string, rebutted: boolean, reason: string): DecisionOutcome {
    refuseWithoutReason(reason, 'A presumption', 'the mailbox was not copied whole');
    this.#store.refresh();
    const number = mailboxNumber(this.#store.db, mailbox);
    const sync = number === null ? null : this.#store.exposure.presumed().sync(number);
    if (rebutted && sync !== null && sync.unnamed > 0)
      throw new Problem(
        `${counted(sync.unnamed, 'record')} of a malicious Sync of this mailbox ${sync.unnamed === 1 ? 'names' : 'name'} no folder. Nothing was changed.`,
        'Any folder may have been synchronised, so none can be left out. Import a fuller copy of the log.',
      );
    const [syncs, contexts] = [sync?.records ?? 0, sync?.contexts ?? []];
    return this.#decide({ act: 'rebutSync', mailbox, syncs, contexts, rebutted }, reason);
  }
}
