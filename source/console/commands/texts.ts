import type { CommandId } from './bindings.ts';

export const GROUPS = ['Judge', 'Select', 'Look', 'Move', 'Take out', 'Case', 'Type'] as const;
export type Group = (typeof GROUPS)[number];

export interface CommandText {
  readonly group: Group;
  /** For the footer: one or two words. */
  readonly label: string;
  /** For help, palette and the table in the README. */
  readonly description: string;
}

const text = (group: Group, label: string, description: string): CommandText => ({
  group,
  label,
  description,
});

/** A command without a text does not compile. */
export const TEXTS: Readonly<Record<CommandId, CommandText>> = {
  'mark-malicious': text(
    'Judge',
    'malicious',
    'Judge what is selected, or the row, malicious and step on',
  ),
  'mark-benign': text(
    'Judge',
    'benign',
    'Judge it benign and step on; affirms a benign verdict that has grown',
  ),
  'clear-verdict': text('Judge', 'clear', 'Take the verdict away and step on'),
  'rebut-gap': text('Judge', 'rebut gap', 'Say, with a reason, that nothing was lost in this gap'),
  'accept-gap': text('Judge', 'gap counts', 'Take the rebuttal of this gap back'),
  'access-window': text(
    'Judge',
    'window',
    'State when the intruder had access: from, to, of one mailbox or the case',
  ),
  undo: text('Judge', 'undo', 'Undo the latest decision of this console still in force'),
  redo: text('Judge', 'redo', 'Do again what was undone'),
  reason: text('Judge', 'reason', 'Type the reason that goes with the next decision'),
  select: text('Select', 'select', 'Select the row, or take it out of the selection'),
  range: text('Select', 'range', 'Begin a range here; once more selects it'),
  'same-address': text(
    'Select',
    'same address',
    'Select all contexts from the address of this row, after showing what that is',
  ),
  'drop-selection': text(
    'Select',
    'drop selection',
    'Drop the selection; once more brings it back',
  ),
  open: text(
    'Look',
    'open',
    'Open: session, its contexts, their records, the raw record; details of other rows',
  ),
  back: text(
    'Look',
    'back',
    'Back to exactly where one was; clears an error, a search, a selection; or cancels the job',
  ),
  raw: text('Look', 'raw record', 'Show the raw record of the row, or its newest'),
  details: text('Look', 'details', 'Show or hide the details of the row'),
  scope: text('Look', 'all malicious', 'Messages of everything malicious, or of the session again'),
  search: text(
    'Look',
    'search',
    'Fuzzy search in the pane in focus; in a raw record the next place with a text',
  ),
  sort: text('Look', 'sort', 'Sort the pane in focus by the next column'),
  filter: text('Look', 'filter', 'Filter by user, address, client, time or verdict'),
  'clear-filter': text('Look', 'no filter', 'Take all filters away'),
  'next-pane': text('Move', 'next pane', 'To the next pane'),
  'previous-pane': text('Move', 'previous pane', 'To the pane before'),
  down: text('Move', 'down', 'One row down'),
  up: text('Move', 'up', 'One row up'),
  'page-down': text('Move', 'page down', 'One page down'),
  'page-up': text('Move', 'page up', 'One page up'),
  first: text('Move', 'first', 'To the first row'),
  last: text('Move', 'last', 'To the last row'),
  copy: text(
    'Take out',
    'copy',
    'Copy the id of the row, the raw record, or the sign-in code; once more shows it alone',
  ),
  'copy-status': text(
    'Take out',
    'status',
    'Copy the status in two sentences for the call; once more shows it alone',
  ),
  export: text('Take out', 'export', 'Export the marked set as JSON or CSV'),
  import: text('Case', 'import', 'Import audit logs and message traces: files, folders, .gz, .zip'),
  fetch: text(
    'Case',
    'fetch',
    'Fetch audit records from the tenant: sign in, or go on with what is unfinished',
  ),
  fetches: text(
    'Case',
    'fetches',
    'What was fetched and looked up so far, how complete, and what is missing',
  ),
  'look-up': text(
    'Case',
    'look up',
    'Look metadata up in the tenant, for what is selected or the row; stays connected',
  ),
  'look-up-mailbox': text(
    'Case',
    'in mailboxes',
    'The same in the mailboxes too, where the trace has nothing; leaves audit records',
  ),
  'sign-in': text(
    'Case',
    'sign in anew',
    'Name another tenant, application or way to sign in, or take another account',
  ),
  demo: text('Case', 'demo', 'Open an invented break-in, in a case of its own, to try the keys on'),
  palette: text('Case', 'commands', 'Find a command by its name and run it'),
  help: text('Case', 'help', 'All keys; type to filter, Enter runs'),
  quit: text('Case', 'quit', 'Leave; asks if a job is running'),
  interrupt: text(
    'Case',
    'interrupt',
    'Cancel what is being typed, or the running job, else leave',
  ),
  suspend: text('Case', 'suspend', 'Back to the shell for a while; fg returns'),
  redraw: text('Case', 'redraw', 'Draw everything anew'),
  'prompt-accept': text('Type', 'accept', 'Take what was typed'),
  'prompt-cancel': text('Type', 'cancel', 'Leave it as it was'),
  'prompt-complete': text('Type', 'complete', 'Complete the path'),
  'prompt-erase': text('Type', 'erase', 'Erase the character before the cursor'),
  'prompt-delete': text('Type', 'delete', 'Erase the character under the cursor'),
  'prompt-erase-word': text('Type', 'erase word', 'Erase the word before the cursor'),
  'prompt-erase-all': text('Type', 'erase all', 'Erase what was typed'),
  'prompt-left': text('Type', 'left', 'One character to the left'),
  'prompt-right': text('Type', 'right', 'One character to the right'),
  'prompt-start': text('Type', 'start', 'To the start of the line'),
  'prompt-end': text('Type', 'end', 'To the end of the line'),
  'question-yes': text('Type', 'yes', 'Yes'),
  'question-no': text('Type', 'no', 'No, and so does any other key'),
  'filter-user': text('Look', 'user', 'Filter by user or mailbox'),
  'filter-mailbox': text('Look', 'mailbox', 'Filter by mailbox, one or several'),
  'filter-address': text('Look', 'address', 'Filter by address or CIDR, one or several'),
  'filter-client': text('Look', 'client', 'Filter by client'),
  'filter-time': text('Look', 'time', 'Filter by time'),
  'filter-verdict': text('Look', 'verdict', 'Filter by verdict'),
  'filter-none': text('Look', 'no filter', 'Take all filters away'),
  'only-malicious': text('Look', 'malicious', 'Only malicious'),
  'only-benign': text('Look', 'benign', 'Only benign'),
  'only-open': text('Look', 'open', 'Only what nobody has judged yet'),
  'only-mixed': text('Look', 'mixed', 'Only sessions judged in part or both ways'),
  'export-json': text('Take out', 'JSON', 'One JSON document (mia.exposure/2)'),
  'export-csv': text('Take out', 'CSV', 'A folder of sheets: messages, sessions, people'),
  'fetch-resume': text('Case', 'resume', 'Go on with the unfinished fetch'),
  'fetch-again': text('Case', 'again', 'Ask the same again: what came late is new'),
  'fetch-new': text('Case', 'new', 'Fetch something else'),
  'fetch-sign-ins': text(
    'Case',
    'sign-in log',
    'Fetch the sign-ins of whoever acted in the sessions',
  ),
  'method-device': text('Case', 'device code', 'Sign in with a code, in any browser'),
  'method-browser': text('Case', 'browser', 'Sign in in a browser on this machine'),
  'method-secret': text('Case', 'secret', 'Sign in as the application, by its secret'),
  'method-certificate': text('Case', 'certificate', 'Sign in as the application, by certificate'),
  'secret-accept': text('Type', 'accept', 'Take what was typed'),
  'secret-give-up': text('Type', 'give up', 'Give the sign-in up'),
  'secret-erase': text('Type', 'erase', 'Erase the last character'),
  'secret-erase-all': text('Type', 'erase all', 'Erase what was typed'),
  'close-menu': text('Type', 'cancel', 'Leave it as it was'),
  'palette-down': text('Move', 'down', 'One command down'),
  'palette-up': text('Move', 'up', 'One command up'),
  'palette-page-down': text('Move', 'page down', 'One page down'),
  'palette-page-up': text('Move', 'page up', 'One page up'),
  'palette-run': text('Type', 'run', 'Run the command'),
  'palette-close': text('Type', 'close', 'Back'),
  'text-close': text('Look', 'back', 'Back to the panes'),
};
