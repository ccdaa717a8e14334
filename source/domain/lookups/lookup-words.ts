/** Lookups in words for people. */
import { counted, durationWords } from '../count-words.ts';
import { waitWords } from '../fetches/fetch-words.ts';
import type { LookupProgress, LookupStatement, LookupStep } from './lookup-progress.ts';
import type { LookupService } from './lookup.ts';
import type { PastLookup } from './past-lookup.ts';
import { forTerminal } from '../terminal-text.ts';

const STEPS: Readonly<Record<Exclude<LookupStep, 'asking'>, string>> = {
  signingIn: 'Signing in',
  otherImport: 'Waiting for another import into this case',
  idle: 'All that was wanted is looked up',
};

const ASKED: Readonly<Record<LookupService, string>> = {
  messageTrace: 'Looking up in message trace',
  mailbox: 'Looking up in the mailbox',
};

export const lookupStepWords = ({ step, service }: LookupProgress): string =>
  step === 'asking' ? (service === null ? 'Looking up' : ASKED[service]) : STEPS[step];

/** One calm line: what it does, how far it is, what it waits for. */
export const lookupProgressWords = (progress: LookupProgress): string => {
  const { messages, pages, rows, wait } = progress;
  const came = pages === 0 ? '' : `, ${counted(pages, 'page')}, ${counted(rows, 'row')}`;
  const done =
    messages.all === 0
      ? ''
      : `, ${messages.done.toLocaleString('en')} of ${counted(messages.all, 'message')}`;
  return `${lookupStepWords(progress)}${done}${came}${waitWords(wait)}`;
};

const endsWords = (statement: LookupStatement): string => {
  const { asked, found, notFound, olderThanTrace, failed, open } = statement;
  const parts = [
    [notFound, 'not found'],
    [olderThanTrace, 'older than the trace reaches'],
    [failed, 'failed'],
    [open, 'not asked for'],
  ] as const;
  const others = parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => `, ${count.toLocaleString('en')} ${words}`);
  const rest = asked > 0 && found === asked ? ', nothing known to be missing' : others.join('');
  return `${found.toLocaleString('en')} of ${counted(asked, 'message')} with metadata${rest}`;
};

/** What can be said of what a lookup brought and what it did not, a line each; the first says how all ended. */
export const lookupStatementLines = (statement: LookupStatement): readonly string[] => {
  const { notAskedSingly, lateSince, traffic, requests, refused } = statement;
  const lines = [`${endsWords(statement)} (${counted(requests, 'request')}).`];
  if (traffic !== null) {
    const whose = traffic.addresses.map(forTerminal).join(', ');
    lines.push(
      `Read to the end of its pages: the traffic of ${whose} since ${traffic.from}. Of mail they received, it names no other recipients.`,
    );
  }
  if (lateSince !== null)
    lines.push(
      `Rows of mail since ${lateSince} may still come; --again asks once more for what was not found.`,
    );
  if (notAskedSingly.messages > 0)
    lines.push(
      `${counted(notAskedSingly.messages, 'message')} not in that traffic could be asked for one by one: ` +
        `${counted(notAskedSingly.requests, 'request')}, ${durationWords(notAskedSingly.seconds)} at the tenant's limit (--thorough).`,
    );
  for (const { problem, hint } of refused) lines.push(`${problem} ${hint}`);
  return lines.map(forTerminal);
};

const OUTCOMES: Readonly<Record<PastLookup['outcome'], string>> = {
  unfinished: 'not ended: it runs, or was stopped by force; this is as of its last answer',
  finished: 'ended',
  cancelled: 'cancelled before its end',
  failed: 'failed',
};

/** What was asked, and what could not be had. */
const askedLines = ({ endpoints, answers, retries, holes }: PastLookup): readonly string[] => {
  const open = holes.filter(({ filled }) => !filled);
  const filled = holes.length - open.length;
  return [
    ...(endpoints.length === 0
      ? []
      : [
          `    Asked: ${endpoints.join(', ')}; ${counted(answers, 'answer')}, ${counted(retries, 'request')} repeated.`,
        ]),
    ...open.map(
      ({ address, direction, from, to, why }) =>
        `    Not had: what ${address} ${direction} from ${from} to ${to}: ${why}`,
    ),
    ...(filled === 0 ? [] : [`    ${counted(filled, 'hole')} more, asked for anew and filled.`]),
  ].map(forTerminal);
};

/** A lookup of before, a line each, as `statementLines` says it of a fetch. */
export const pastLookupLines = (past: PastLookup): readonly string[] => {
  const { startedAt, outcome, tenantId, cloud, account, again, thorough, mailboxes } = past;
  const how = [
    'message trace',
    mailboxes ? 'then the mailboxes' : '',
    again ? 'once more for what was not found' : '',
    thorough ? 'each left-over by itself' : '',
  ].filter((part) => part !== '');
  return [
    `  Lookup, ${startedAt}: ${OUTCOMES[outcome]}`,
    `    of         ${forTerminal(tenantId)} (${forTerminal(cloud)}), as ${forTerminal(account)}: ${how.join(', ')}`,
    ...lookupStatementLines(past.statement).map((line) => `    ${line}`),
    ...askedLines(past),
  ];
};
