import { kqlQueries, kqlScript } from '../engines/kql-script.ts';
import { kqlTable } from '../engines/kql-tables.ts';
import type { ChosenRecords, RecordFilter } from '../engines/session-plan.ts';
import { caseFilter } from './case-filter.ts';
import type { Command } from './command.ts';
import type { Flags } from './flags.ts';
import { writePaced } from './paced-output.ts';
import { printDocument, valueMembers, wantsJson } from './report.ts';
import { UsageError } from './usage-error.ts';

const MOST_PAGES = 1000;

const pagesFlag = ({ texts, lists }: Flags): number => {
  const typed = texts.pages;
  if (typed === undefined) return 1;
  if (lists.records === undefined)
    throw new UsageError('--pages goes with --records.', 'Leave it out, or say which --records.');
  const pages = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  if (pages >= 1 && pages <= MOST_PAGES) return pages;
  throw new UsageError(`--pages is a number from 1 to ${MOST_PAGES}.`, 'Write e.g. --pages 8.');
};

const chosenOf = (flags: Flags): ChosenRecords | null => {
  const pages = pagesFlag(flags);
  const keys = flags.lists.records?.map((key) => key.trim());
  if (keys?.includes('') === true)
    throw new UsageError('--records is empty.', 'Give a session key, session id or context key.');
  return keys === undefined ? null : { keys, pages };
};

const filterOf = (flags: Flags): RecordFilter => {
  const { users, addresses, mailboxes, since, until } = caseFilter(flags);
  return {
    users: users ?? [],
    addresses: addresses ?? [],
    mailboxes: mailboxes ?? [],
    since: since ?? null,
    until: until ?? null,
  };
};

export const engine: Command = {
  name: 'engine',
  summary: 'prints queries that find the sessions where the logs lie',
  argumentsLine: 'kql',
  details:
    'Prints KQL to paste into the portal: first how many rows there are and cannot be read, then one row a\n' +
    'context with its keys. With --records it prints what brings the records of the chosen contexts; export\n' +
    'the answer as CSV and give it to `mia import`. Nothing is asked, and no case is needed or opened.',
  flags: ['table', 'user', 'ip', 'mailbox', 'since', 'until', 'records', 'pages', 'json'],
  examples: [
    'mia engine kql --ip 203.0.113.0/24 --since 2026-09-01',
    'mia engine kql --table officeactivity --records 1f2e3d4c5b6a7988 --pages 4',
  ],
  run: async (invocation) => {
    const { environment, flags, input } = invocation;
    if (input.length !== 1 || input[0] !== 'kql')
      throw new UsageError('Which language? There is kql.', 'Write mia engine kql.');
    const table = kqlTable(flags.texts.table ?? 'cloudappevents');
    const plan = { filter: filterOf(flags), chosen: chosenOf(flags) };
    const queries = kqlQueries(plan, table);
    if (wantsJson(invocation)) {
      const { name, notes } = table;
      const document = { language: 'kql', table: name, filter: plan.filter, notes, queries };
      await printDocument(environment, 'mia.engine/1', valueMembers(document));
    } else {
      await writePaced(environment.stdout, [kqlScript(queries, table)], environment.signal);
    }
    return 0;
  },
};
