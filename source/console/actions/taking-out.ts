import { forTerminal } from '../../domain/terminal-text.ts';
import { exposureRowUnderCursor } from '../lists/exposure-rows.ts';
import { rowUnderCursor } from '../lists/paged-list.ts';
import { contextUnderCursor, lastLevel } from '../lists/levels.ts';
import { openPrompt } from '../prompts.ts';
import type { ConsoleState, ExportFormat } from '../state.ts';
import type { Transition } from '../transition.ts';
import { step } from '../transition.ts';
import { noticeNow } from '../tenant.ts';
import { copyable } from '../words/copyable.ts';
import { mailboxName } from '../words/people.ts';
import { copiedOfNotice } from '../words/sign-in.ts';
import { statusForTheCall } from '../words/status-for-the-call.ts';
import { messageId } from '../words/messages.ts';
import type { Behaviour, BehavioursOf } from './action.ts';
import { always, unless } from './action.ts';
import { noCase } from './no-case.ts';
import { jobRuns } from './leaving.ts';
import { isGroup } from './session-groups.ts';

interface Copy {
  readonly what: string;
  readonly text: string;
}

const fromLeft = (state: ConsoleState): Copy | null => {
  const level = lastLevel(state);
  switch (level?.level) {
    case 'raw':
      return level.raw === null || level.raw.text === ''
        ? null
        : { what: 'raw record', text: copyable(level.raw.text) };
    case 'records': {
      const record = rowUnderCursor(level.list);
      return record === undefined ? null : { what: 'record id', text: forTerminal(record.id) };
    }
    case 'contexts': {
      const context = contextUnderCursor(level);
      return context === undefined ? null : { what: 'context key', text: context.key };
    }
    case undefined: {
      const session = rowUnderCursor(state.sessions);
      // The key of a group is nothing that a command knows.
      if (session === undefined || isGroup(session)) return null;
      return session.sessionId === null
        ? { what: 'session key', text: session.key }
        : { what: 'session id', text: forTerminal(session.sessionId) };
    }
  }
};

/** What `y` copies: what signing in takes, as long as it does, else of the row in focus. */
const copyHere = (state: ConsoleState): Copy | null => {
  const signingIn = copiedOfNotice(noticeNow(state));
  if (signingIn !== null) return signingIn;
  const pane = state.focus === 'details' ? state.detailsOf : state.focus;
  if (pane === 'sessions') return fromLeft(state);
  if (pane === 'messages') {
    const message = rowUnderCursor(state.messages);
    return message === undefined
      ? null
      : { what: 'message id', text: forTerminal(messageId(message)) };
  }
  const row = exposureRowUnderCursor(state);
  if (row === undefined || row.row === 'case') return null;
  return row.row === 'mailbox'
    ? { what: 'mailbox', text: mailboxName(row.mailbox) }
    : { what: 'gap', text: `${mailboxName(row.mailbox)} ${row.gap.from} ${row.gap.to}` };
};

/** The first press copies; the second shows the text alone, for terminals that ignore the copying. */
const copyOrShow = (state: ConsoleState, copy: Copy): Transition => {
  if (state.lastCopied === copy.text)
    return step({
      ...state,
      lastCopied: null,
      asking: { asking: 'text', what: copy.what, text: copy.text, top: 0 },
    });
  return step({ ...state, lastCopied: copy.text }, { effect: 'copy', ...copy });
};

const copy = (state: ConsoleState): Transition => {
  const found = copyHere(state);
  return found === null ? step(state) : copyOrShow(state, found);
};

const copyStatus = (state: ConsoleState): Transition =>
  state.overview === null
    ? step(state)
    : copyOrShow(state, { what: 'status', text: statusForTheCall(state.overview) });

const exportTo = (format: ExportFormat, path: string): Behaviour =>
  always((state) => step(openPrompt(state, { for: 'export', format }, path)));

export const takingOut: BehavioursOf<
  'copy' | 'copy-status' | 'export' | 'export-json' | 'export-csv'
> = {
  copy: unless(
    (state) => (copyHere(state) === null ? 'there is nothing of one session here to copy' : null),
    copy,
  ),
  'copy-status': unless(noCase, copyStatus),
  export: unless(
    (state) => noCase(state) ?? jobRuns(state),
    (state) => step({ ...state, asking: { asking: 'menu', menu: 'export' } }),
  ),
  'export-json': exportTo('json', 'exposure.json'),
  'export-csv': exportTo('csv', 'exposure-csv'),
};
