import { hasColumn } from '../audit/column-names.ts';
import { DATE_ORDER, dateOrderOf, receivedAt } from '../dates/local-time.ts';
import type { CsvFormat } from '../format.ts';
import { traceContent } from './trace-row.ts';

/** Columns that every message trace cmdlet writes. */
const isMessageTrace = (header: readonly string[]): boolean =>
  hasColumn(header, 'MessageTraceId', 'MessageId', 'Received', 'RecipientAddress');

const DATES = new Set(['received', 'startdate', 'enddate']);

/** Get-MessageTrace and -V2 differ in what stands beside these; one row is one recipient. */
const messageTraceRows: Pick<CsvFormat, 'facts' | 'reader'> = {
  facts: (header, rows) => {
    const columns = [...header.keys()].filter((at) => DATES.has(header[at]?.toLowerCase() ?? ''));
    const dates = rows.flatMap((cells) => columns.map((at) => cells[at] ?? ''));
    return { [DATE_ORDER]: dateOrderOf(dates) };
  },
  reader: (column, layout) => {
    const names = ['MessageId', 'MessageTraceId', 'SenderAddress', 'RecipientAddress', 'Status'];
    const [id = -1, network = -1, sender = -1, recipient = -1, status = -1] = names.map(column);
    const subject = column('Subject');
    const received = column('Received');
    const size = column('Size');
    const order = layout.facts[DATE_ORDER];
    return (cells) => {
      const at = (index: number) => cells[index] ?? '';
      return traceContent('importedTrace', {
        messageId: at(id),
        networkMessageId: at(network),
        sender: at(sender),
        recipients: [{ address: at(recipient), status: at(status) }],
        status: at(status),
        subject: at(subject),
        ...receivedAt(at(received), order),
        size: at(size),
      });
    };
  },
};

/** The first Get-MessageTrace: told from its successor by the columns that one dropped. */
const isFirstMessageTrace = (header: readonly string[]): boolean =>
  isMessageTrace(header) && (hasColumn(header, 'Index') || hasColumn(header, 'Organization'));

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
