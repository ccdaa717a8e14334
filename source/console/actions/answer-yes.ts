import type { ConsoleState } from '../state.ts';
import type { Transition } from '../transition.ts';
import { say, step } from '../transition.ts';
import { withSeen } from '../lists/rows-seen.ts';
import { keyOf } from '../keys/bindings.ts';
import { runTenantAction } from './authenticating.ts';
import { cancelAllInTenant, cancelTenantJob } from './tenant-jobs.ts';
import { cancelJob } from './importing.ts';
import { markAffirmed } from './context-by-context.ts';
import { selectionInWords } from '../words/selection.ts';

/** Does what the question in the footer line asked for. */
export const answerYes = (before: ConsoleState): Transition => {
  const { asking } = before;
  if (asking?.asking !== 'question') return step(before);
  const state = { ...before, asking: null };
  switch (asking.yes.action) {
    case 'cancel-job':
      return cancelJob(state);
    case 'cancel-fetch':
      return state.fetch === null ? step(state) : cancelTenantJob(state, state.fetch.id);
    case 'stop-looking-up':
      return state.lookup === null ? step(state) : cancelTenantJob(state, state.lookup.id);
    case 'run-tenant-action':
      return runTenantAction(state, asking.yes.inTenant);
    case 'leave': {
      const job = cancelJob(state);
      const fetch = cancelAllInTenant(job.state);
      return {
        state: { ...fetch.state, left: true },
        effects: [...job.effects, ...fetch.effects, { effect: 'leave' }],
      };
    }
    case 'mark':
      return markAffirmed(state, asking.yes);
    case 'select-reach': {
      const contexts = new Map(state.selection.contexts);
      for (const { key, session } of asking.yes.reach.contexts) contexts.set(key, session);
      const seen = withSeen(state.selection, asking.yes.reach.contexts);
      const selection = { ...state.selection, contexts, seen };
      const judge = `${keyOf('mark-malicious')} or ${keyOf('mark-benign')} judges them`;
      return step(
        say({ ...state, selection }, `${selectionInWords(selection)} selected; ${judge}`),
      );
    }
  }
};
