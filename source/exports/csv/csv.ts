import type { ExportFormat } from '../exported-case.ts';
import { fetchesSheet } from './fetches-sheet.ts';
import { lookUpsSheet } from './look-ups-sheet.ts';
import { messagesSheet } from './messages-sheet.ts';
import { peopleSheet } from './people-sheet.ts';
import { withScopeLine } from './scope-line.ts';
import { sessionsSheet } from './sessions-sheet.ts';
import { signInsSheet } from './sign-ins-sheet.ts';

/** Worksheets for spreadsheets; `cell.ts` has the rule that defuses formulas. */
export const csvExport: ExportFormat = {
  name: 'csv',
  title:
    'worksheets messages, sessions, people, fetches, look-ups and sign-ins, for Excel and the like',
  parts: [
    withScopeLine(messagesSheet),
    ...[sessionsSheet, peopleSheet, fetchesSheet, lookUpsSheet, signInsSheet].map(withScopeLine),
  ],
};
