import type { ConsoleState } from '../state.ts';
import type { Step } from '../step.ts';
import { say, step } from '../step.ts';
import { withSeen } from '../seen.ts';
import { keyOf } from '../commands/bindings.ts';
import { cancelFetch } from './fetching.ts';
import { cancelJob } from './jobs.ts';
import { selectionInWords } from '../words/selection.ts';

/** Does what the question in the footer line asked for. */
export const answerYes = (before: ConsoleState): Step => {
  const { asking } = before;
  if (asking?.asking !== 'question') return step(before);
  const state = { ...before, asking: null };
  switch (asking.yes.deed) {
    case 'cancel-job':
      return cancelJob(state);
    case 'cancel-fetch':
      return cancelFetch(state);
    case 'leave': {
      const job = cancelJob(state);
      const fetch = cancelFetch(job.state);
      return {
        state: { ...fetch.state, left: true },
        effects: [...job.effects, ...fetch.effects, { effect: 'leave' }],
      };
    }
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
