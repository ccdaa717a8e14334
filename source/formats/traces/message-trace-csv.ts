import type { CsvFormat } from '../format.ts';
import { hasColumns, isMessageTrace, messageTraceRows } from './message-trace-columns.ts';

/** The first Get-MessageTrace: told from its successor by the columns that one dropped. */
export const isFirstMessageTrace = (header: readonly string[]): boolean =>
  isMessageTrace(header) && (hasColumns(header, 'Index') || hasColumns(header, 'Organization'));

export const messageTraceCsv: CsvFormat = {
  name: 'message-trace-csv',
  title: 'Get-MessageTrace | Export-Csv',
  kind: 'trace',
  container: 'csv',
  sample: `"PSComputerName","RunspaceId","PSShowComputerName","Organization","MessageId","Received","SenderAddress","RecipientAddress","Subject","Status","ToIP","FromIP","Size","MessageTraceId","StartDate","EndDate","Index"\r
"outlook.office365.com","00000000-0000-4000-8000-000000000001","False","contoso.onmicrosoft.example","<a1@fabrikam.example>","9/20/2025 4:05:03 PM","anna@fabrikam.example","g.jacobs@contoso.example","Wire transfer","Delivered",,"203.0.113.10","45678","00000000-0000-4000-8000-0000000000a1","9/13/2025 12:00:00 AM","9/22/2025 12:00:00 AM","0"\r
`,
  recognise: isFirstMessageTrace,
  ...messageTraceRows,
};
