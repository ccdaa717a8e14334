import type { ExportFormat } from '../exported-case.ts';
import { decisionsSheet } from './decisions-sheet.ts';
import { fetchesSheet } from './fetches-sheet.ts';
import { foldersSheet } from './folders-sheet.ts';
import { gapsSheet } from './gaps-sheet.ts';
import { lookupsSheet } from './lookups-sheet.ts';
import { mailboxesSheet } from './mailboxes-sheet.ts';
import { messagesSheet } from './messages-sheet.ts';
import { peopleSheet } from './people-sheet.ts';
import { withScopeLine } from './scope-line.ts';
import { sessionsSheet } from './sessions-sheet.ts';
import { signInsSheet } from './sign-ins-sheet.ts';
import { sourcesSheet } from './sources-sheet.ts';
import { summarySheet } from './summary-sheet.ts';

/** Worksheets for spreadsheets; `cell.ts` has the rule that defuses formulas. */
export const csvExport = {
  name: 'csv',
  label: 'CSV',
  description: 'A folder of sheets: messages, sessions, people',
  prompt: 'write the CSV sheets to folder',
  path: 'exposure-csv',
  parts: [
    withScopeLine(messagesSheet),
    ...[
      summarySheet,
      sessionsSheet,
      peopleSheet,
      mailboxesSheet,
      foldersSheet,
      gapsSheet,
      decisionsSheet,
      sourcesSheet,
      fetchesSheet,
      lookupsSheet,
      signInsSheet,
    ].map(withScopeLine),
  ],
} as const satisfies ExportFormat;
