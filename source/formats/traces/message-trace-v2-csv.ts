import type { CsvFormat } from '../format.ts';
import { isFirstMessageTrace } from './message-trace-csv.ts';
import { isMessageTrace, messageTraceRows } from './message-trace-columns.ts';

/** Also what Microsoft-Extractor-Suite writes as <user>-MTL.csv, sender and recipient runs in one. */
export const messageTraceV2Csv: CsvFormat = {
  name: 'message-trace-v2-csv',
  title: 'Get-MessageTraceV2 | Export-Csv',
  kind: 'trace',
  container: 'csv',
  sample: `"MessageTraceId","MessageId","Received","SenderAddress","RecipientAddress","FromIP","ToIP","Subject","Status","Size"\r
"00000000-0000-4000-8000-0000000000a2","<a2@fabrikam.example>","2026-07-23T22:01:22.0480000Z","anna@fabrikam.example","g.jacobs@contoso.example","203.0.113.10",,"Salary review","Delivered","51200"\r
`,
  recognise: (header) => isMessageTrace(header) && !isFirstMessageTrace(header),
  ...messageTraceRows,
};
