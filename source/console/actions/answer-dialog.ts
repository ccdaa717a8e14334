import { type ConsoleState, type Transition, showStatus, transition } from '../state.ts';
import type { Prompt } from '../dialog.ts';
import { acceptClientId, acceptTenant, runTenantAction } from './authenticating.ts';
import { acceptPeriod, acceptSubjects } from './fetching.ts';
import { findNext } from './searching.ts';
import { closeDialog } from '../prompts.ts';
import { acceptRebuttal, acceptWindow } from './exposure.ts';
import { acceptFilter } from './filtering.ts';
import { acceptImport, cancelJob } from './importing.ts';
import { acceptExport } from './taking-out.ts';
import { withRecordsShown, selectionInWords } from '../selection.ts';
import { keyOf } from '../keys/bindings.ts';
import { cancelAllInTenant, cancelTenantJob } from './tenant-jobs.ts';
import { markAffirmed } from './context-by-context.ts';

const acceptReason = (state: ConsoleState, text: string): Transition =>
  transition(
    text === ''
      ? showStatus({ ...closeDialog(state), reason: null }, 'no reason for the next decision')
      : { ...closeDialog(state), reason: text },
  );

/** Takes what was typed; a line that makes no sense stays, with the reason beside it. */
export const acceptPrompt = (state: ConsoleState, prompt: Prompt): Transition => {
  const { purpose } = prompt;
  switch (purpose.for) {
    case 'search':
      return transition(closeDialog(state));
    case 'find':
      return findNext(state, prompt);
    case 'reason':
      return acceptReason(state, prompt.text.trim());
    case 'rebuttal':
      return acceptRebuttal(state, prompt, purpose);
    case 'filter':
      return acceptFilter(state, prompt, purpose);
    case 'fetch-subjects':
      return acceptSubjects(state, prompt);
    case 'fetch-period':
      return acceptPeriod(state, prompt, purpose.subjects);
    case 'tenant':
      return acceptTenant(state, prompt, purpose.wizard);
    case 'client-id':
      return acceptClientId(state, prompt, purpose.wizard);
    case 'window':
      return acceptWindow(state, prompt);
    case 'import':
      return acceptImport(state, prompt);
    case 'export':
      return acceptExport(state, prompt, purpose);
  }
};

/** Does what the question in the footer line asked for. */
export const answerYes = (before: ConsoleState): Transition => {
  const { dialog } = before;
  if (dialog?.dialog !== 'question') return transition(before);
  const state = { ...before, dialog: null };
  switch (dialog.yes.action) {
    case 'cancel-job':
      return cancelJob(state);
    case 'cancel-fetch':
      return state.fetch === null ? transition(state) : cancelTenantJob(state, state.fetch.id);
    case 'stop-looking-up':
      return state.lookup === null ? transition(state) : cancelTenantJob(state, state.lookup.id);
    case 'run-tenant-action':
      return runTenantAction(state, dialog.yes.inTenant);
    case 'leave': {
      const job = cancelJob(state);
      const fetch = cancelAllInTenant(job.state);
      return {
        state: { ...fetch.state, left: true },
        effects: [...job.effects, ...fetch.effects, { effect: 'leave' }],
      };
    }
    case 'mark':
      return markAffirmed(state, dialog.yes);
    case 'select-reach': {
      const contexts = new Map(state.selection.contexts);
      for (const { key, session } of dialog.yes.reach.contexts) contexts.set(key, session);
      const seen = withRecordsShown(state.selection, dialog.yes.reach.contexts);
      const selection = { ...state.selection, contexts, seen };
      const judge = `${keyOf('mark-malicious')} or ${keyOf('mark-benign')} judges them`;
      return transition(
        showStatus({ ...state, selection }, `${selectionInWords(selection)} selected; ${judge}`),
      );
    }
  }
};
