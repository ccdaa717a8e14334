import { forTerminal } from '../../domain/terminal-text.ts';
import { keyName, keyOf, type CommandId } from '../keys/bindings.ts';
import { cancelDialog } from './leaving.ts';
import { commandFor, runCommand } from './commands.ts';
import { typedCharacter } from '../keys/key-press.ts';
import { isTooSmall } from '../layout.ts';
import { keyContextOf } from '../keys/key-context.ts';
import {
  type ConsoleState,
  type Typed,
  type Transition,
  showStatus,
  transition,
} from '../state.ts';
import type { CaseSearch } from '../dialog.ts';
import { secretTyped } from './secrets.ts';
import { insert } from './typing.ts';
import { type PagedList, rowUnderCursor } from '../lists/paged-list.ts';
import { lastLevel } from '../lists/levels.ts';
import {
  messageQueryOf,
  sameMessageQuery,
  sameSessionQuery,
  sessionQueryOf,
} from '../lists/queries.ts';
import { many } from '../words/figures.ts';
import { listWithCursor, searchQueries } from './case-search-rows.ts';

/** Only the commands that copy look at what was copied before: any other key forgets it. */
const forgetCopy = (before: ConsoleState, after: Transition): Transition =>
  before.lastCopied !== null && after.state.lastCopied === before.lastCopied
    ? { ...after, state: { ...after.state, lastCopied: null } }
    : after;

const keyPressed = (state: ConsoleState, key: string): Transition => {
  const keyContext = keyContextOf(state);
  const command = commandFor(keyContext, key);
  if (command !== undefined && (!isTooSmall(state) || command.id === 'interrupt'))
    return forgetCopy(state, runCommand(state, command.id));
  if (isTooSmall(state)) return transition(state);
  if (keyContext === 'secret') return secretTyped(state, typedCharacter({ key }) ?? '');
  if (keyContext === 'prompt' || keyContext === 'palette' || keyContext === 'found') {
    const typed = typedCharacter({ key });
    return transition(typed === undefined ? state : insert(state, typed));
  }
  if (state.dialog !== null)
    return transition(
      keyContext === 'text' || keyContext === 'topic' || keyContext === 'contextByContext'
        ? state
        : cancelDialog(state),
    );
  return transition(
    showStatus(
      state,
      `${forTerminal(keyName(key))} does nothing here; ${keyOf('help')} lists the keys`,
    ),
  );
};

/** What a key press or a paste does, wherever the keys are. */
const type = (state: ConsoleState, typed: Typed): Transition => {
  if ('key' in typed) return keyPressed(state, typed.key);
  return state.dialog?.dialog === 'secret'
    ? secretTyped(state, typed.paste)
    : transition(insert(state, typed.paste));
};

/** Done at once, whatever waits. */
const AT_ONCE: readonly CommandId[] = ['interrupt', 'suspend', 'redraw'];

/** A decision is about rows that the analyst has seen: typed blind, it is about none. */
const DECIDING: readonly CommandId[] = [
  'mark-malicious',
  'mark-benign',
  'clear-verdict',
  'rebut-gap',
  'accept-gap',
  'undo',
  'redo',
];

/** About rows alone: where these are on the screen, nothing else is waited for. */
const ABOUT_ROWS: readonly CommandId[] = [
  'mark-malicious',
  'mark-benign',
  'clear-verdict',
  'select',
  'open',
  'down',
  'up',
  'page-down',
  'page-up',
  'first',
  'last',
];

/** The first answers are still to come. One that could not be had opens no less: the error says why. */
const isOpening = ({ overview, overviewAsked, sessions }: ConsoleState): boolean =>
  (overview === null && overviewAsked !== null) ||
  (sessions.answered === null && sessions.asked !== null);

const hasRow = <Query, Row>(list: PagedList<Query, Row>): boolean =>
  list.answered !== null && (list.total === 0 || rowUnderCursor(list) !== undefined);

const hasSessions = (state: ConsoleState): boolean => {
  const { sessions } = state;
  const asked = sessionQueryOf(state);
  return (
    sessions.answered !== null && sameSessionQuery(sessions.answered, asked) && hasRow(sessions)
  );
};

const hasMessages = (state: ConsoleState): boolean => {
  const asked = messageQueryOf(state);
  const { messages } = state;
  if (asked === null) return true;
  return (
    messages.answered !== null && sameMessageQuery(messages.answered, asked) && hasRow(messages)
  );
};

const hasFound = (search: CaseSearch): boolean => {
  const asked = searchQueries(search);
  if (asked === null) return true;
  const { sessions, messages } = search;
  return (
    sessions.answered !== null &&
    messages.answered !== null &&
    sameSessionQuery(sessions.answered, asked.sessions) &&
    sameMessageQuery(messages.answered, asked.messages) &&
    (listWithCursor(search) === 'sessions' ? hasRow(sessions) : hasRow(messages))
  );
};

/** The row that the next key is about is there, or will never be. */
const hasRowForNext = (state: ConsoleState): boolean => {
  if (state.dialog?.dialog === 'found') return hasFound(state.dialog);
  if (state.dialog !== null) return true;
  if (state.focus === 'messages') return hasMessages(state);
  if (state.focus !== 'sessions') return true;
  const level = lastLevel(state);
  switch (level?.level) {
    case undefined:
      return hasSessions(state);
    case 'contexts':
      return level.contexts !== null;
    case 'records':
      return hasRow(level.list);
    case 'raw':
      return level.raw !== null;
    case 'comparison':
      return level.found !== null;
  }
};

const isReady = (state: ConsoleState): boolean => !isOpening(state) && hasRowForNext(state);

/** It is about a row of a session's pane that can be seen already, though the case is being opened. */
const isAboutSeenRow = (state: ConsoleState, id: CommandId | undefined): boolean =>
  id !== undefined &&
  ABOUT_ROWS.includes(id) &&
  state.focus === 'sessions' &&
  state.dialog === null &&
  state.sessions.answered !== null &&
  hasRowForNext(state);

const commandOfTyped = (state: ConsoleState, typed: Typed): CommandId | undefined =>
  'key' in typed ? commandFor(keyContextOf(state), typed.key)?.id : undefined;

/** Does what was typed, or has it wait behind what waits already. */
export const typeOrWait = (state: ConsoleState, typed: Typed): Transition => {
  const id = commandOfTyped(state, typed);
  const isAtOnce = id !== undefined && AT_ONCE.includes(id);
  const isFirst = state.waitingKeys.length === 0;
  if (isAtOnce || (isFirst && (!isOpening(state) || isAboutSeenRow(state, id))))
    return type(state, typed);
  const waitingKeys = [...state.waitingKeys, typed];
  const waits = waitingKeys.length === 1 ? 'waits' : 'wait';
  const text = `opening the case: ${many(waitingKeys.length, 'key')} ${waits}; ${keyOf('interrupt')} leaves`;
  return transition(showStatus({ ...state, waitingKeys }, text));
};

export const mayTypeNext = (state: ConsoleState): boolean =>
  !state.left && state.waitingKeys.length > 0 && isReady(state);

/** The first of what waits. A decision among it is refused, and so is what was typed behind it. */
export const typeNext = (before: ConsoleState): Transition => {
  const [next, ...waitingKeys] = before.waitingKeys;
  if (next === undefined) return transition(before);
  const id = commandOfTyped(before, next);
  if (id === undefined || !DECIDING.includes(id))
    return type({ ...before, waitingKeys, status: null }, next);
  const behind = waitingKeys.length;
  const more = behind === 0 ? '' : ` and ${many(behind, 'key')} behind it`;
  const were = behind === 0 ? 'was' : 'were';
  return transition(
    showStatus(
      { ...before, waitingKeys: [] },
      `${keyOf(id)}${more} ${were} not done: typed while opening, before its row was there to see`,
    ),
  );
};
