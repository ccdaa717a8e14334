import type { TaskEvent } from '../../acquire/task/task-events.ts';
import type { FetchStep } from '../../domain/fetches/fetch-progress.ts';
import type { LookupStep } from '../../domain/lookups/lookup-progress.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { keyOf } from '../keys/bindings.ts';
import { caseChanged } from '../lists/answers.ts';
import { type ConsoleState, type Transition, showStatus, transition } from '../state.ts';
import { type TenantJob, tenantJobs, withTenantJob } from '../tenant.ts';

export const cancelTenantJob = (state: ConsoleState, id: number): Transition => {
  const job = tenantJobs(state).find((one) => one.id === id);
  if (job === undefined || job.cancelling) return transition(state);
  return transition(
    withTenantJob(state, id, { cancelling: true, notice: null, secretWanted: null }),
    {
      effect: 'cancel-job',
      job: id,
    },
  );
};

/** Whatever runs in the tenant. */
export const cancelAllInTenant = (state: ConsoleState): Transition =>
  tenantJobs(state).reduce((before: Transition, { id }) => {
    const { state: after, effects } = cancelTenantJob(before.state, id);
    return transition(after, ...before.effects, ...effects);
  }, transition(state));

/** Why a job failed and what to do; where it was not signed in yet, which key changes that comes first. */
export const failureWords = (
  { problem, hint }: { readonly problem: string; readonly hint: string },
  step: FetchStep | LookupStep | undefined,
): string => {
  const key = `${keyOf('authenticate')} changes tenant, application or account.`;
  const words = [problem, step === 'signingIn' ? key : '', hint];
  return words
    .filter((part) => part !== '')
    .map(forTerminal)
    .join(' ');
};

/** A job has ended: what it asked for is asked no more, and what was typed for it is forgotten. */
export const withoutItsQuestion = (state: ConsoleState, job: TenantJob | null): Transition => {
  const { dialog } = state;
  return dialog?.dialog === 'secret' && dialog.job === job?.id
    ? transition({ ...state, dialog: null }, { effect: 'secret-erased', all: true })
    : transition(state);
};

/** What every task in the tenant says of itself on the way. */
export const onTaskEvent = (
  state: ConsoleState,
  event: Extract<TaskEvent<unknown, unknown>, { event: 'arrived' | 'source' | 'note' }>,
): Transition => {
  switch (event.event) {
    case 'arrived':
      return transition(caseChanged(state));
    case 'source':
      return transition(state);
    case 'note':
      return transition(showStatus(state, forTerminal(event.text)));
  }
};
