import type { EventOf } from '../event.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { exposureRowUnderCursor } from '../lists/exposure-rows.ts';
import { rowUnderCursor } from '../lists/paged-list.ts';
import { comparedRow, contextUnderCursor, lastLevel } from '../lists/levels.ts';
import { openPrompt, type For, refuse, closeDialog } from '../prompts.ts';
import { type ConsoleState, type Transition, transition, showStatus } from '../state.ts';
import type { Prompt } from '../dialog.ts';
import { noticeNow, type AuthenticationNotice } from '../tenant.ts';
import { mailboxName } from '../words/people.ts';
import { statusForTheCall } from '../words/status-for-the-call.ts';
import { messageId } from '../words/messages.ts';
import { type Actions, always, unless, noCase } from './action.ts';
import { forEachExport } from '../../exports/registry.ts';
import { jobRuns, startJob } from './importing.ts';
import { isGroup } from './ranges.ts';
import { readPaths } from '../words/paths.ts';

const CONTROLS = /[^\P{Cc}\n\r\t]/gu;

/**
 * A raw record as it goes to the clipboard: byte for byte but for control characters other than line
 * ends and tabs, which could act on the terminal it is pasted into (`contract.md`, `y`). JSON and CSV
 * of Microsoft 365 hold none.
 */
const copyable = (text: string): string =>
  text.replace(CONTROLS, (control) => {
    const code = control.codePointAt(0) ?? 0;
    return `\\x${code.toString(16).padStart(2, '0')}`;
  });

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
    case 'comparison':
      return { what: 'key', text: comparedRow(level.subject).key };
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
    return transition({
      ...state,
      lastCopied: null,
      dialog: { dialog: 'text', what: copy.what, text: copy.text, top: 0 },
    });
  return transition({ ...state, lastCopied: copy.text }, { effect: 'copy', ...copy });
};

const copy = (state: ConsoleState): Transition => {
  const found = copyHere(state);
  return found === null ? transition(state) : copyOrShow(state, found);
};

const copyStatus = (state: ConsoleState): Transition =>
  state.overview === null
    ? transition(state)
    : copyOrShow(state, { what: 'status', text: statusForTheCall(state.overview) });

/** What signing in gives to copy: the code to type, or the address to open. */
const copiedOfNotice = (
  notice: AuthenticationNotice | null,
): { readonly what: string; readonly text: string } | null => {
  switch (notice?.notice) {
    case 'device-code':
      return { what: 'sign-in code', text: forTerminal(notice.userCode) };
    case 'browser':
      return notice.opened ? null : { what: 'sign-in address', text: forTerminal(notice.url) };
    default:
      return null;
  }
};

export const acceptExport = (
  state: ConsoleState,
  prompt: Prompt,
  purpose: For<'export'>,
): Transition => {
  const [path, ...more] = readPaths(prompt.text);
  if (path === undefined || more.length > 0)
    return refuse(state, prompt, 'type one path; one with spaces goes between quotes');
  const [next, job] = startJob(closeDialog(state), 'export');
  return transition(next, { effect: 'export', job, format: purpose.format, path });
};

export const onExported = (state: ConsoleState, event: EventOf<'exported'>): Transition =>
  transition(
    showStatus(
      { ...state, job: null },
      `exported as ${event.format}: ${event.files.map(forTerminal).join(', ')}`,
    ),
  );

export const takingOut = {
  copy: unless(
    (state) => (copyHere(state) === null ? 'there is nothing of one session here to copy' : null),
    copy,
  ),
  'copy-status': unless(noCase, copyStatus),
  export: unless(
    (state) => noCase(state) ?? jobRuns(state),
    (state) => transition({ ...state, dialog: { dialog: 'menu', menu: 'export' } }),
  ),
  ...forEachExport(({ name, path }) =>
    always((state) => transition(openPrompt(state, { for: 'export', format: name }, path))),
  ),
} satisfies Actions;
