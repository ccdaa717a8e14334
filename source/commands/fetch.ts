import type { FetchStatement } from '../domain/fetches/fetch.ts';
import { DAYS_ASKED, openHoles } from '../domain/fetches/fetch-status.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { fetchJson } from '../exports/documents/fetch.ts';
import { importedSourceJson } from '../exports/documents/source.ts';
import type { TaskEnd } from '../acquire/task/task-events.ts';
import { fetchInThread, type FetchRequest } from '../acquire/fetch/fetch-records.ts';
import { signInsAsked } from '../case/fetch-status.ts';
import { analystName, caseFolder } from './case-choice.ts';
import { addressFlag } from './case-filter.ts';
import type { Command, ExitCode, Invocation } from './command.ts';
import { progressWords, statementLines, stepWords } from '../domain/fetches/fetch-words.ts';
import { flagAsTyped, type FlagName, type Flags } from './flags.ts';
import { momentRange } from './moment.ts';
import { evenWhenCancelled, note, printDocument, printLines, wantsJson } from './report.ts';
import { UsageError } from './usage-error.ts';
import { followTask, sayEarlyEnd, type TaskOutcome, tenantOrder } from './tenant-task.ts';

/** @throws UsageError for nothing between commas: without a name the whole tenant would be asked for. */
const listed = ({ lists }: Flags, name: FlagName): readonly string[] => {
  const found = (lists[name] ?? []).flatMap((value) => value.split(',')).map((one) => one.trim());
  if (!found.includes('')) return found;
  throw new UsageError(
    `${flagAsTyped(name)}: nothing stands on one side of a comma.`,
    'Write A,B for several, or give the flag several times.',
  );
};

const addresses = (flags: Flags): readonly string[] =>
  listed(flags, 'ip').map((typed) => {
    if (!typed.includes('/')) return addressFlag(typed);
    throw new UsageError(
      `--ip: the tenant cannot be asked for a network (${typed}).`,
      'Name single addresses, or fetch by --user and filter with mia sessions --ip.',
    );
  });

const NEW_ONLY = ['user', 'mailbox', 'ip', 'from', 'to'] as const;

/** Of the sign-in log only users can be asked for. */
const SIGN_INS_WITHOUT = ['mailbox', 'ip', 'api'] as const;

const signInsRequest = (invocation: Invocation): FetchRequest => {
  const { flags, environment } = invocation;
  const named = { users: listed(flags, 'user'), ...momentRange(flags, 'from', 'to') };
  const { asked, leftOut } = signInsAsked(caseFolder(invocation), named, environment.now());
  if (leftOut.length > 0)
    note(
      environment,
      `Not asked for, having neither a user name nor an id: ${forTerminal(leftOut.join(', '))}.`,
    );
  return { request: 'new', asked, api: 'signIns' };
};

const isGiven = ({ texts, lists }: Flags, name: FlagName): boolean =>
  texts[name] !== undefined || lists[name] !== undefined;

const refuseBeside = (flags: Flags): void => {
  const other = SIGN_INS_WITHOUT.find((name) => isGiven(flags, name));
  if (flags.switches.signIns !== true || other === undefined) return;
  throw new UsageError(
    `--sign-ins does not go with --${other}: the sign-in log is asked by user.`,
    'Name users (--user), or nobody: then it is whoever acted in the sessions of the case.',
  );
};

const requestOf = (invocation: Invocation): FetchRequest => {
  const { flags, environment } = invocation;
  const { texts, switches } = flags;
  refuseBeside(flags);
  const api = texts.api === 'search' || texts.api === 'activity' ? texts.api : null;
  const named = NEW_ONLY.find((name) => isGiven(flags, name));
  if (switches.again === true && switches.resume === true)
    throw new UsageError('--again and --resume are two things.', 'Resume first, then ask again.');
  if ((switches.again === true || switches.resume === true) && named !== undefined)
    throw new UsageError(
      `--${switches.again === true ? 'again' : 'resume'} takes what was asked then; --${named} does not go with it.`,
      'Leave it out, or begin another fetch.',
    );
  if (switches.resume === true) return { request: 'resume' };
  if (switches.again === true)
    return { request: 'again', api: switches.signIns === true ? 'signIns' : api };
  if (switches.signIns === true) return signInsRequest(invocation);
  const { from, to } = momentRange(flags, 'from', 'to');
  const end = to ?? environment.now();
  const start = new Date(Date.parse(end) - DAYS_ASKED * 86_400_000).toISOString();
  const asked = {
    users: listed(flags, 'user'),
    mailboxes: listed(flags, 'mailbox'),
    addresses: addresses(flags),
    from: from ?? `${start.slice(0, 19)}Z`,
    to: end,
  };
  return { request: 'new', asked, api };
};

type End = TaskEnd<
  { readonly statements: readonly FetchStatement[] },
  { readonly id: string | null }
>;

const RESUME = 'What came is kept; mia fetch --resume goes on.';

const exitCodeOf = ({ end, sources }: TaskOutcome<End>): ExitCode => {
  if (end.event === 'cancelled') return 130;
  if (end.event === 'failed') return 1;
  const lacks = (one: FetchStatement): boolean =>
    one.outcome === 'unfinished' || openHoles(one).length > 0;
  if (end.statements.some(lacks)) return 1;
  const rows = end.statements.some(({ damaged }) => damaged > 0);
  return rows || sources.some(({ damaged, conflicts }) => damaged > 0 || conflicts > 0) ? 3 : 0;
};

const report = async (
  invocation: Invocation,
  { end, sources, notes }: TaskOutcome<End>,
): Promise<void> => {
  const { environment } = invocation;
  sayEarlyEnd(environment, end);
  if (end.event !== 'finished' && end.id !== null) note(environment, RESUME);
  const statements = end.event === 'finished' ? end.statements : [];
  const calm = evenWhenCancelled(environment);
  if (wantsJson(invocation))
    await printDocument(calm, 'mia.fetch/2', [
      ['fetches', { list: statements.map(fetchJson) }],
      ['sources', { list: sources.map(importedSourceJson) }],
      ['notes', { list: notes }],
    ]);
  else
    await printLines(
      calm,
      statements.flatMap((one) => statementLines(one)),
    );
};

export const fetchCommand: Command = {
  name: 'fetch',
  summary: 'fetches audit records from the tenant into the case',
  argumentsLine: '',
  details:
    'Asks for the MailItemsAccessed records of users and mailboxes (as actors and as owners, so that\n' +
    'delegates and applications are not missed), of addresses, or of the whole tenant where none is\n' +
    'named; several between commas. The tenant takes about half an hour, whatever is asked. Pages are\n' +
    'kept as evidence before they are read. Ctrl-C, a lost line or a crash lose nothing: --resume goes\n' +
    'on. Ends with what was announced and received and what is missing of it; exit 1 where there are\n' +
    `holes, 3 where only rows were damaged. Unless said, the last ${DAYS_ASKED} days. Signs in as mia sign-in\n` +
    'does. It writes nothing in the tenant but its queries (with --api activity: the subscription to\n' +
    'the feed).\n' +
    'With --sign-ins it asks the sign-in log instead, for the users of the sessions (or --user) and\n' +
    'their time, 30 days back at most: which application, device, method and place opened a session.',
  flags: [
    ...(['user', 'mailbox', 'ip', 'from', 'to', 'signIns', 'again', 'resume', 'api'] as const),
    ...(['tenant', 'clientId', 'method', 'cloud', 'remember', 'newCase', 'json'] as const),
  ],
  flagTexts: {
    user: 'their records, as actor and as mailbox owner; A,B for several',
    mailbox: 'records of this mailbox, whoever acted; A,B for several',
    ip: 'records from this address; A,B for several',
    from: `start of the period; ${DAYS_ASKED} days before its end unless said`,
    to: 'end of the period; now unless said',
  },
  examples: [
    'mia fetch --user anna@contoso.com --from 2026-09-01',
    'mia fetch --sign-ins',
    'mia fetch --resume',
    'mia fetch --again --json',
  ],
  run: async (invocation) => {
    const events = fetchInThread({
      ...tenantOrder(invocation),
      request: requestOf(invocation),
      newCase: invocation.flags.switches.newCase === true,
      analyst: analystName(invocation),
    });
    const outcome = await followTask(invocation.environment, events, (progress) => ({
      step: stepWords(progress),
      line: progressWords(progress),
    }));
    await report(invocation, outcome);
    return exitCodeOf(outcome);
  },
};
