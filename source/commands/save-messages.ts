import type { CaseFilter } from '../domain/sessions/case-filter.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { MessageKey } from '../domain/lookups/wanted-message.ts';
import type { Case } from '../case/case.ts';
import type { SaveEvent, SaveProgress, SaveReport } from '../acquire/save/save-work.ts';
import { saveMessages } from '../acquire/save/save-messages.ts';
import { waitWords } from '../domain/fetches/fetch-words.ts';
import { analystName, withCase } from './case-choice.ts';
import { caseFilter, filterInCase, SESSION_FILTERS } from './case-filter.ts';
import type { Command, Environment, ExitCode, Invocation } from './command.ts';
import {
  counted,
  evenWhenCancelled,
  note,
  printDocument,
  valueMembers,
  wantsJson,
} from './report.ts';
import { UsageError } from './usage-error.ts';
import { followTask, sayEarlyEnd, tenantOrder } from './tenant-task.ts';
import { megabytes } from './progress-line.ts';

type End = Extract<SaveEvent, { event: 'finished' | 'cancelled' | 'failed' }>;

const progressWords = ({ step, done, all, files, bytes, wait }: SaveProgress): string =>
  step === 'signingIn'
    ? 'Signing in'
    : `Saving messages, ${done.toLocaleString('en')} of ${counted(all, 'message')}, ` +
      `${counted(files, 'file')}, ${megabytes(bytes)}${waitWords(wait)}`;

/** Of the filters, the confirmed ones unless another class is asked for. */
const wantedMessages = (theCase: Case, asked: CaseFilter): readonly MessageKey[] => {
  const filter = { class: 'confirmed', ...asked } as const;
  const messages = theCase.messages(filterInCase(theCase, filter));
  return [...messages].map(({ mailbox, internetMessageId, itemId }) => ({
    ...{ mailbox, internetMessageId, itemId },
  }));
};

const endsWords = ({ asked, saved, before, notFound, failed, open }: SaveReport): string => {
  const parts = [
    [notFound, 'not found in their mailboxes'],
    [failed, 'failed'],
    [open, 'not come to'],
  ] as const;
  const others = parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => `, ${count.toLocaleString('en')} ${words}`);
  const all = saved + before;
  const earlier = before === 0 ? '' : ` (${before.toLocaleString('en')} of them before)`;
  const rest = asked > 0 && all === asked ? ', nothing known to be missing' : others.join('');
  return `${all.toLocaleString('en')} of ${counted(asked, 'message')} saved${earlier}${rest}.`;
};

const sayReport = (environment: Environment, report: SaveReport): void => {
  const { files, bytes, folder, manifest } = report;
  note(environment, endsWords(report));
  note(
    environment,
    `${counted(files, 'file')} written (${megabytes(bytes)}), ${counted(manifest.files.length, 'file')} in ${forTerminal(folder)}; manifest.json and manifest.csv list them, and what is missing.`,
  );
};

const printReport = (environment: Environment, report: SaveReport): Promise<void> => {
  const { manifest, files: filesWritten, bytes: bytesWritten, folder, ...counts } = report;
  return printDocument(environment, 'mia.save-messages/1', [
    ...valueMembers({ ...counts, filesWritten, bytesWritten, folder }),
    ['files', { list: manifest.files }],
    ['missed', { list: manifest.missed }],
  ]);
};

const exitCodeOf = (end: End): ExitCode => {
  if (end.event === 'cancelled') return 130;
  if (end.event === 'failed') return 1;
  return end.report.failed + end.report.open > 0 ? 1 : 0;
};

const run = async (invocation: Invocation, out: string): Promise<ExitCode> => {
  const { environment } = invocation;
  const asked = caseFilter(invocation.flags);
  let messages: readonly MessageKey[] = [];
  await withCase(invocation, (theCase) => {
    messages = wantedMessages(theCase, asked);
    return Promise.resolve(0);
  });
  if (messages.length === 0) note(environment, 'No message matches: there is nothing to save.');
  const events = saveMessages({
    ...tenantOrder(invocation),
    ...{ messages, out, toolVersion: environment.version },
    analyst: analystName(invocation),
  });
  const { end } = await followTask(environment, events, (progress) => ({
    step: '',
    line: progressWords(progress),
  }));
  sayEarlyEnd(environment, end);
  if (end.report !== null) {
    sayReport(environment, end.report);
    if (end.event !== 'finished' || exitCodeOf(end) !== 0)
      note(environment, 'The same command goes on: what is saved is not asked for again.');
    if (wantsJson(invocation)) await printReport(evenWhenCancelled(environment), end.report);
  }
  return exitCodeOf(end);
};

export const saveMessagesCommand: Command = {
  name: 'save-messages',
  summary: 'saves messages from the mailboxes as .eml files',
  argumentsLine: '--out DIR',
  details:
    'Saves what the contexts accessed that match all filters, the confirmed messages unless --class\n' +
    'says otherwise: each copy of each message, with its attachments, as the mailbox gives it. The\n' +
    'folder gets manifest.json and manifest.csv: SHA-256, mailbox, ids, and what is missing and why.\n' +
    'It takes Mail.Read (of an application) or Mail.Read.Shared (of a person). Reading leaves\n' +
    'MailItemsAccessed records of its own in the tenant, by the application one signs in with; the case\n' +
    'marks its sessions (O). Ctrl-C or a crash lose nothing: the same command goes on, and no file is\n' +
    'ever overwritten. Exit 1 where something failed; a message that is in no reachable folder any more\n' +
    'is listed, and is no failure.',
  flags: [
    ...(['out', ...SESSION_FILTERS, 'class'] as const),
    ...(['tenant', 'clientId', 'method', 'cloud', 'remember', 'json'] as const),
  ],
  flagTexts: {
    out: 'a new or empty folder, or one of an earlier run; needed',
    class: 'confirmed (unless said), presumed, open or benignOnly',
  },
  examples: [
    'mia save-messages --out messages/',
    'mia save-messages --session KEY --class open --out messages/',
  ],
  run: (invocation) => {
    const { out } = invocation.flags.texts;
    if (out === undefined || out === '-')
      throw new UsageError(
        'save-messages writes files into a folder, and none is named.',
        'Write mia save-messages --out DIR.',
      );
    if (invocation.input.length > 0)
      throw new UsageError(
        `save-messages takes no argument ("${invocation.input[0] ?? ''}").`,
        'Say which messages by --session, --user, --ip, --verdict or --class.',
      );
    return run(invocation, out);
  },
};
