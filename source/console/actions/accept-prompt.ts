import { forTerminal } from '../../domain/terminal-text.ts';
import { mailboxName } from '../words/people.ts';
import type { CaseFilter } from '../../case/case-service.ts';
import type { Effect } from '../effect.ts';
import type { ConsoleState, Prompt, Purpose } from '../state.ts';
import type { Transition } from '../transition.ts';
import { say, step } from '../transition.ts';
import { type ListedField, readValues } from '../words/filter-values.ts';
import { readPaths } from '../words/paths.ts';
import { periodWords, readPeriod } from '../words/window.ts';
import { acceptClientId, acceptPeriod, acceptTenant, acceptWhom } from './authenticating.ts';
import { findNext } from './find-in-record.ts';
import { startImport, startJob } from './importing.ts';

type For<Name extends Purpose['for']> = Extract<Purpose, { for: Name }>;

const refuse = (state: ConsoleState, prompt: Prompt, complaint: string): Transition =>
  step({ ...state, asking: { ...prompt, complaint } });

const closed = (state: ConsoleState): ConsoleState => ({ ...state, asking: null });

const acceptReason = (state: ConsoleState, text: string): Transition =>
  step(
    text === ''
      ? say({ ...closed(state), reason: null }, 'no reason for the next decision')
      : { ...closed(state), reason: text },
  );

const acceptRebuttal = (
  state: ConsoleState,
  prompt: Prompt,
  purpose: For<'rebuttal'>,
): Transition => {
  const reason = prompt.text.trim();
  if (reason === '')
    return refuse(state, prompt, 'a rebuttal needs a reason: an expert will ask for it');
  const { from, to, kind } = purpose.gap;
  const effect: Effect = {
    effect: 'rebut-gap',
    mailbox: purpose.mailbox,
    gap: { from, to, kind },
    rebutted: true,
    reason,
  };
  return step({ ...closed(state), reason: null }, effect);
};

/** Without the field where nothing was typed. */
const withField = (
  filter: CaseFilter,
  field: ListedField,
  values: readonly string[],
): CaseFilter => {
  const { [field]: _before, ...others } = filter;
  return values.length === 0 ? others : { ...others, [field]: values };
};

const acceptTime = (state: ConsoleState, prompt: Prompt): Transition => {
  const words = periodWords(prompt.text);
  const period = readPeriod(words);
  if (typeof period === 'string') return refuse(state, prompt, period);
  if (words.length > 2) return refuse(state, prompt, 'two times: from and to');
  const { since: _since, until: _until, ...others } = state.filter;
  const filter = {
    ...others,
    ...(period.from === null ? {} : { since: period.from }),
    ...(period.to === null ? {} : { until: period.to }),
  };
  return step({ ...closed(state), filter });
};

/** What can match nothing is refused while it can still be corrected: it would hide everything. */
const acceptFilter = (state: ConsoleState, prompt: Prompt, purpose: For<'filter'>): Transition => {
  const { field } = purpose;
  if (field === 'time') return acceptTime(state, prompt);
  const values = readValues(field, prompt.text);
  if (typeof values === 'string') return refuse(state, prompt, values);
  const unknown =
    field === 'mailboxes' ? values.find((name) => !isMailbox(state, name)) : undefined;
  if (unknown !== undefined)
    return refuse(
      state,
      prompt,
      `no mailbox ${forTerminal(unknown)} in the case; ${mailboxesOf(state)}`,
    );
  return step({ ...closed(state), filter: withField(state.filter, field, values) });
};

const isMailbox = (state: ConsoleState, typed: string): boolean => {
  const name = typed.toLowerCase();
  const mailboxes = state.overview?.summary.mailboxes ?? [];
  return mailboxes.some(({ owner, guid }) => owner === name || guid === name);
};

/** A mailbox of the case by its owner or its guid. */
const findMailbox = (state: ConsoleState, typed: string): string | null => {
  const name = typed.toLowerCase();
  const found = state.overview?.summary.mailboxes.find(
    (mailbox) => mailbox.owner === name || mailbox.guid === name,
  );
  return found?.guid ?? null;
};

const acceptWindow = (state: ConsoleState, prompt: Prompt): Transition => {
  const words = periodWords(prompt.text);
  const period = readPeriod(words);
  if (typeof period === 'string') return refuse(state, prompt, period);
  const [, , typed, more] = words;
  if (more !== undefined)
    return refuse(state, prompt, `"${forTerminal(more)}" is too much: FROM TO [MAILBOX]`);
  const mailbox = typed === undefined ? null : findMailbox(state, typed);
  if (typed !== undefined && mailbox === null)
    return refuse(state, prompt, `no such mailbox in the case; ${mailboxesOf(state)}`);
  const { reason } = state;
  return step(
    { ...closed(state), reason: null },
    { effect: 'set-window', mailbox, ...period, reason },
  );
};

const mailboxesOf = (state: ConsoleState): string => {
  const names = (state.overview?.summary.mailboxes ?? []).map(mailboxName);
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and more` : names.join(', ');
};

const acceptImport = (state: ConsoleState, prompt: Prompt): Transition => {
  const paths = readPaths(prompt.text);
  return paths.length === 0
    ? refuse(state, prompt, 'type the path of a file or a folder')
    : startImport(closed(state), paths);
};

const acceptExport = (state: ConsoleState, prompt: Prompt, purpose: For<'export'>): Transition => {
  const [path, ...more] = readPaths(prompt.text);
  if (path === undefined || more.length > 0)
    return refuse(state, prompt, 'type one path; one with spaces goes between quotes');
  const [next, job] = startJob(closed(state), 'export');
  return step(next, { effect: 'export', job, format: purpose.format, path });
};

/** Takes what was typed; a line that makes no sense stays, with the reason beside it. */
export const acceptPrompt = (state: ConsoleState, prompt: Prompt): Transition => {
  const { purpose } = prompt;
  switch (purpose.for) {
    case 'search':
      return step(closed(state));
    case 'find':
      return findNext(state, prompt);
    case 'reason':
      return acceptReason(state, prompt.text.trim());
    case 'rebuttal':
      return acceptRebuttal(state, prompt, purpose);
    case 'filter':
      return acceptFilter(state, prompt, purpose);
    case 'fetch-whom':
      return acceptWhom(state, prompt);
    case 'fetch-period':
      return acceptPeriod(state, prompt, purpose.whom);
    case 'tenant':
      return acceptTenant(state, prompt, purpose.walk);
    case 'client-id':
      return acceptClientId(state, prompt, purpose.walk);
    case 'window':
      return acceptWindow(state, prompt);
    case 'import':
      return acceptImport(state, prompt);
    case 'export':
      return acceptExport(state, prompt, purpose);
  }
};
