import type { JsonValue } from '../../domain/json.ts';
import { hasColumn } from '../audit/column-names.ts';
import { DATE_ORDER, dateOrderOf, receivedAt } from '../dates/local-time.ts';
import type { CsvFormat, JsonFormat, RowContent } from '../format.ts';
import { cellOf } from '../json/fields.ts';
import { traceContent } from './trace-row.ts';

/** Names of the cmdlets; one row is one recipient. */
const CMDLET_NAMES = {
  messageId: 'MessageId',
  networkMessageId: 'MessageTraceId',
  sender: 'SenderAddress',
  recipient: 'RecipientAddress',
  status: 'Status',
  subject: 'Subject',
  received: 'Received',
  size: 'Size',
} as const;
type TraceField = keyof typeof CMDLET_NAMES;

/** `at`: where each field stands. `order`: of day and month in the dates (a FileOrder). */
const recipientTrace = <Where>(
  at: Readonly<Record<TraceField, Where>>,
  cell: (where: Where) => string,
  order: JsonValue | undefined,
): RowContent =>
  traceContent('importedTrace', {
    messageId: cell(at.messageId),
    networkMessageId: cell(at.networkMessageId),
    sender: cell(at.sender),
    recipients: [{ address: cell(at.recipient), status: cell(at.status) }],
    status: cell(at.status),
    subject: cell(at.subject),
    ...receivedAt(cell(at.received), order),
    size: cell(at.size),
  });

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
    const columns = Object.fromEntries(
      Object.entries(CMDLET_NAMES).map(([field, name]) => [field, column(name)]),
    ) as Readonly<Record<TraceField, number>>;
    const order = layout.facts[DATE_ORDER];
    return (cells) => recipientTrace(columns, (at) => cells[at] ?? '', order);
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

const GRAPH_NAMES = {
  messageId: 'messageId',
  networkMessageId: 'id',
  sender: 'senderAddress',
  recipient: 'recipientAddress',
  status: 'status',
  subject: 'subject',
  received: 'receivedDateTime',
  size: 'size',
} as const satisfies Readonly<Record<TraceField, string>>;

/** Pages of GET /admin/exchange/tracing/messageTraces, v1.0 and beta; one element is one recipient. */
export const graphMessageTrace: JsonFormat = {
  name: 'graph-message-trace',
  title: 'Microsoft Graph message trace (JSON)',
  kind: 'trace',
  container: 'json',
  sample: `{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#admin/exchange/tracing/messageTraces","value":[
{"id":"00000000-0000-4000-8000-0000000000a4","senderAddress":"anna@fabrikam.example","recipientAddress":"g.jacobs@contoso.example","messageId":"<a4@fabrikam.example>","receivedDateTime":"2026-06-13T10:30:00Z","subject":"Quarterly report","size":45678,"fromIP":"203.0.113.10","toIP":"","status":"filteredAsSpam"}
]}
`,
  recognise: (element) =>
    'receivedDateTime' in element && 'messageId' in element && 'recipientAddress' in element,
  read: (element) => recipientTrace(GRAPH_NAMES, (name) => cellOf(element[name]), null),
};

/** What Exchange's REST answers to Get-MessageTraceV2, and what ConvertTo-Json makes of either cmdlet. */
export const messageTraceJson: JsonFormat = {
  name: 'message-trace-json',
  title: 'Get-MessageTrace or -V2 (JSON)',
  kind: 'trace',
  container: 'json',
  sample: `{"@odata.context":"https://outlook.office365.com/adminapi/beta/$metadata","value":[
{"MessageTraceId":"00000000-0000-4000-8000-0000000000a3","MessageId":"<a3@fabrikam.example>","Received@data.type":"System.DateTime","Received":"2026-07-23T22:01:22.0480000Z","SenderAddress":"anna@fabrikam.example","RecipientAddress":"g.jacobs@contoso.example","FromIP":"203.0.113.10","ToIP":null,"Subject":"Passport scan","Status":"Delivered","Size@data.type":"System.Int32","Size":61440}
]}
`,
  recognise: (element) =>
    'MessageTraceId' in element && 'MessageId' in element && 'RecipientAddress' in element,
  read: (element, layout) =>
    recipientTrace(CMDLET_NAMES, (name) => cellOf(element[name]), layout.facts[DATE_ORDER]),
};
