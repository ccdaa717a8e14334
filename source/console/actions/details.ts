import type { ConsoleState, Pane } from '../state.ts';
import type { Transition } from '../transition.ts';
import { step } from '../transition.ts';
import type { BehavioursOf } from './action.ts';
import { always } from './action.ts';

const ownerOf = (state: ConsoleState): Exclude<Pane, 'details'> =>
  state.focus === 'details' ? state.detailsOf : state.focus;

/** The details of the row in focus, with the keys on them. */
export const showDetails = (state: ConsoleState): ConsoleState => ({
  ...state,
  detailsShown: true,
  detailsOf: ownerOf(state),
  detailsTop: 0,
  focus: 'details',
});

export const hideDetails = (state: ConsoleState): ConsoleState => ({
  ...state,
  detailsShown: false,
  detailsTop: 0,
  focus: ownerOf(state),
});

/** Beside the list, so that moving in it shows one row's details after the other. */
const toggle = (state: ConsoleState): Transition =>
  step(state.detailsShown ? hideDetails(state) : { ...showDetails(state), focus: ownerOf(state) });

export const details: BehavioursOf<'details'> = { details: always(toggle) };
