import { exposureRowUnderCursor } from '../lists/exposure-rows.ts';
import { rowUnderCursor } from '../lists/paged-list.ts';
import { topLevel } from '../lists/levels.ts';
import { contextUnderCursor } from '../lists/levels.ts';
import type { ConsoleState } from '../state.ts';
import type { Mailbox } from '../../domain/sessions/session.ts';

interface Acting {
  readonly mailboxes: readonly Mailbox[];
  readonly actors: readonly (string | null)[];
}

/** Sessions that are selected, whole or in part, as far as they are loaded. */
const selectedSessions = ({ selection, sessions }: ConsoleState): readonly Acting[] => {
  const keys = new Set([...selection.sessions, ...selection.contexts.values()]);
  return sessions.rows.filter(({ key }) => keys.has(key));
};

const underCursor = (state: ConsoleState): readonly Acting[] => {
  if (state.focus === 'messages') {
    const message = rowUnderCursor(state.messages);
    return message === undefined ? [] : [{ mailboxes: [message.mailbox], actors: [] }];
  }
  if (state.focus === 'exposure') {
    const row = exposureRowUnderCursor(state);
    return row === undefined || row.row === 'case'
      ? []
      : [{ mailboxes: [row.mailbox], actors: [] }];
  }
  const contexts = topLevel(state, 'contexts');
  const context =
    topLevel(state, 'records')?.context ??
    (contexts === null ? undefined : contextUnderCursor(contexts));
  if (context !== undefined) return [{ mailboxes: [context.mailbox], actors: [context.actor] }];
  const session = rowUnderCursor(state.sessions);
  return session === undefined ? [] : [session];
};

/** Mailboxes and users that the selection, else the row under the cursor, is about. */
export const whomHere = (state: ConsoleState): readonly string[] => {
  const selected = selectedSessions(state);
  const rows = selected.length > 0 ? selected : underCursor(state);
  const boxes = rows.flatMap(({ mailboxes }) => mailboxes.map(({ owner, guid }) => owner ?? guid));
  // An application is found by the mailboxes it opened: its id is no user's name.
  const users = rows.flatMap(({ actors }) => actors.filter((actor) => actor?.includes('@')));
  return [...new Set([...boxes, ...users].filter((name) => name !== null && name !== undefined))];
};
