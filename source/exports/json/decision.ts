import type { Act, Decision, Target } from '../../domain/verdicts/decision.ts';

const targetJson = (target: Target) => ({
  session: target.session,
  whole: target.whole,
  contexts: target.contexts.map(({ key, records, digest }) => ({ key, records, digest })),
});

/** What only some acts have; `mia.exposure/2` promises verdict and targets for every decision. */
export const decisionDetails = (act: Act) => {
  switch (act.act) {
    case 'mark':
      return {};
    case 'undo':
    case 'redo':
      return { of: act.of };
    case 'window':
      return { mailbox: act.mailbox, from: act.from, to: act.to };
    case 'rebut':
      return {
        mailbox: act.mailbox,
        from: act.from,
        to: act.to,
        kind: act.kind ?? null,
        rebutted: act.rebutted,
      };
    case 'rebutSync':
      return {
        mailbox: act.mailbox,
        syncs: act.syncs,
        contexts: act.contexts?.map(({ key, syncs }) => ({ key, syncs })) ?? null,
        rebutted: act.rebutted,
      };
    case 'contain': {
      const { mailbox, sessions, consents, rules, delegations, by } = act;
      return { mailbox, sessions, consents, rules, delegations, by };
    }
    case 'withdraw':
      return { source: act.source };
  }
};

/**
 * `mia.exposure/2` decisions[]: every act, superseded ones too, in the order in which they were
 * made. `prev` is the hash of the line before, so that the chain can be followed in the export.
 */
export const decisionJson = (decision: Decision) => ({
  at: decision.at,
  analyst: decision.analyst,
  act: decision.act,
  verdict: decision.act === 'mark' ? decision.verdict : null,
  targets: decision.act === 'mark' ? decision.targets.map(targetJson) : [],
  ...decisionDetails(decision),
  reason: decision.reason,
  prev: decision.prev,
  hash: decision.hash,
});
