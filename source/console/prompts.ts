import { exportFormat } from '../exports/registry.ts';
import { DAYS_ASKED } from '../domain/fetches/fetch-status.ts';
import { keyOf } from './keys/bindings.ts';
import { type ConsoleState, type Transition, transition } from './state.ts';
import type { ConfirmedAction, Prompt, Purpose } from './dialog.ts';
import { severalHint } from './words/filter.ts';

/** Asks in the footer line before something is done. */
export const ask = (state: ConsoleState, text: string, yes: ConfirmedAction): ConsoleState => ({
  ...state,
  dialog: { dialog: 'question', text, yes },
});

export const openPrompt = (state: ConsoleState, purpose: Purpose, text: string): ConsoleState => ({
  ...state,
  dialog: {
    dialog: 'prompt',
    purpose,
    text,
    caret: [...text].length,
    // One's own sentence is gone on with; anything else is a proposal.
    offered: text !== '' && purpose.for !== 'reason' && purpose.for !== 'rebuttal',
    offers: [],
    complaint: null,
  },
});

/** What is asked, in front of what is typed. */
export const promptLabel = ({ purpose }: Prompt): string => {
  switch (purpose.for) {
    case 'search':
      return `search ${purpose.pane}`;
    case 'find':
      return 'find in this record';
    case 'reason':
      return 'reason for the next decision';
    case 'rebuttal':
      return 'why was nothing lost in this gap?';
    case 'import':
      return `import (${keyOf('prompt-complete')} completes)`;
    case 'export':
      return exportFormat(purpose.format)?.prompt ?? '';
    case 'window':
      return 'access window';
    case 'fetch-subjects':
      return 'fetch records of';
    case 'fetch-period':
      return 'fetch from to';
    case 'tenant':
      return 'tenant';
    case 'client-id':
      return 'client id';
    case 'filter':
      return FILTER_LABELS[purpose.field];
  }
};

/** What a typed line may hold, where its label does not say it all; above the line. */
export const promptHint = ({ purpose }: Prompt): string | null => {
  switch (purpose.for) {
    case 'fetch-subjects':
      return 'users, mailboxes, addresses, between commas; empty: the whole tenant';
    case 'window':
      return 'FROM TO [MAILBOX], UTC, - leaves an end open; empty takes the window away';
    case 'fetch-period':
      return `FROM TO, UTC, - leaves an end open: ${DAYS_ASKED} days back, or now`;
    case 'tenant':
      return 'its id or one of its domains: contoso.onmicrosoft.com';
    case 'client-id':
      return 'of your app registration; the README says how to make one';
    case 'filter':
      return purpose.field === 'time' ? null : severalHint(purpose.field);
    default:
      return null;
  }
};

const FILTER_LABELS = {
  users: 'only user or mailbox',
  mailboxes: 'only mailbox',
  addresses: 'only address or CIDR',
  clients: 'only client',
  time: 'FROM TO, UTC, - leaves an end open',
} as const;

export type For<Name extends Purpose['for']> = Extract<Purpose, { for: Name }>;

export const refuse = (state: ConsoleState, prompt: Prompt, complaint: string): Transition =>
  transition({ ...state, dialog: { ...prompt, complaint } });

export const closeDialog = (state: ConsoleState): ConsoleState => ({ ...state, dialog: null });
