import { ask } from '../prompts.ts';
import { type ConsoleState, type Transition, transition, showStatus } from '../state.ts';
import { tenantJobs, noticeNow } from '../tenant.ts';
import { cancelTenantJob } from './tenant-jobs.ts';
import { secretGivenUp } from './secrets.ts';
import { notMarked } from './context-by-context.ts';
import { cancelJob } from './importing.ts';
import { keyOf } from '../keys/bindings.ts';
import { type Actions, always } from './action.ts';
import { hideDetails } from './opening.ts';
import { isFiltered, withoutFilter } from './filtering.ts';
import { closeGroup } from './ranges.ts';
import { askToStopLookup } from './lookup-keys.ts';
import { dropSelection } from './selecting.ts';

/** Of the job that waits for somebody to sign in. */
const askToGiveUp = (state: ConsoleState): ConsoleState =>
  ask(state, 'Give the sign-in up?', {
    action: state.fetch?.notice == null ? 'stop-looking-up' : 'cancel-fetch',
  });

const leave = (state: ConsoleState): Transition =>
  transition({ ...state, left: true }, { effect: 'leave' });

/** A connection at rest is nothing that leaving would cancel. */
const isLookingUp = ({ lookup }: ConsoleState): boolean =>
  lookup !== null && lookup.progress?.step !== 'idle';

/** What leaving would cancel; a fetch can be resumed. */
const runningInWords = (state: ConsoleState): string => {
  const { job, fetch } = state;
  const running = [job, fetch, isLookingUp(state) ? state.lookup : null].filter(
    (one) => one !== null,
  );
  if (running.length > 1) return 'More than one job';
  if (fetch !== null) return 'A fetch, to be resumed later,';
  if (job === null) return 'A lookup';
  return job.kind === 'import' ? 'An import' : 'A job';
};

const quit = (state: ConsoleState): Transition => {
  if (state.job === null && state.fetch === null && !isLookingUp(state)) return leave(state);
  const text = `${runningInWords(state)} is running. Cancel it and leave?`;
  return transition(ask(state, text, { action: 'leave' }));
};

const interrupt = (state: ConsoleState): Transition => {
  if (state.dialog?.dialog === 'secret') return secretGivenUp(state);
  if (state.dialog !== null) return transition(cancelDialog(state));
  if (state.job !== null && !state.job.cancelling) return cancelJob(state);
  const running = tenantJobs(state).find(({ cancelling }) => !cancelling);
  return running === undefined ? leave(state) : cancelTenantJob(state, running.id);
};

/** What was being asked, given up; a search is again what it was. */
export const cancelDialog = (state: ConsoleState): ConsoleState => {
  const { dialog } = state;
  if (dialog?.dialog === 'contexts') return notMarked(state, dialog.mark);
  if (dialog?.dialog === 'question' && dialog.yes.action === 'mark')
    return notMarked(state, dialog.yes.mark);
  const closed = { ...state, dialog: null };
  if (dialog?.dialog !== 'prompt' || dialog.purpose.for !== 'search') return closed;
  const { pane, before } = dialog.purpose;
  return pane === 'sessions'
    ? { ...closed, sessionSearch: before }
    : { ...closed, messageSearch: before };
};

const closeLevel = (state: ConsoleState): ConsoleState => {
  const level = state.opened.at(-1);
  return level === undefined
    ? state
    : { ...state, opened: state.opened.slice(0, -1), focus: level.cameFrom };
};

/** The nearest thing that can be left, outward. Nothing is lost by it: a lone Esc can be line noise. */
const back = (state: ConsoleState): Transition => {
  if (state.error !== null) return transition({ ...state, error: null });
  if (noticeNow(state) !== null) return transition(askToGiveUp(state));
  if (state.range !== null) return transition({ ...state, range: null });
  if (state.focus === 'details' || state.detailsShown) return transition(hideDetails(state));
  if (state.focus === 'sessions' && state.opened.length > 0) return transition(closeLevel(state));
  if (state.focus === 'messages' && state.messageSearch !== '')
    return transition({ ...state, messageSearch: '' });
  const searchBefore = state.group?.search ?? '';
  if (state.focus === 'sessions' && state.sessionSearch !== searchBefore)
    return transition({ ...state, sessionSearch: searchBefore });
  if (state.focus === 'sessions' && state.group !== null) return transition(closeGroup(state));
  if (state.focus === 'sessions' && state.sessionSearch !== '')
    return transition({ ...state, sessionSearch: '' });
  if (state.focus !== 'sessions') return transition({ ...state, focus: 'sessions' });
  if (state.selection.sessions.size + state.selection.contexts.size > 0)
    return transition(dropSelection(state));
  if (state.scope === 'malicious') return transition({ ...state, scope: 'session' });
  if (state.job !== null)
    return transition(ask(state, `Cancel the ${state.job.kind}?`, { action: 'cancel-job' }));
  if (state.fetch !== null)
    return transition(
      ask(state, 'Cancel the fetch, to be resumed later?', { action: 'cancel-fetch' }),
    );
  if (state.lookup !== null) return transition(askToStopLookup(state));
  if (isFiltered(state)) return transition(withoutFilter(state));
  return transition(showStatus(state, `nothing to go back from; ${keyOf('quit')} leaves`));
};

export const leaving = {
  back: always(back),
  quit: always(quit),
  interrupt: always(interrupt),
  suspend: always((state) => transition(state, { effect: 'suspend' })),
  redraw: always((state) => transition(state, { effect: 'redraw' })),
} satisfies Actions;
