import { recordTime } from '../access.ts';
import { csvText } from '../csv.ts';
import type { TraceContainer } from './trace-container.ts';
import type { TracedMail } from './traced-mail.ts';

type Row = { readonly [column: string]: string };

const usDate = (seconds: number): string => {
  const time = recordTime(seconds);
  const hour = Number(time.slice(11, 13));
  const date = `${Number(time.slice(5, 7))}/${Number(time.slice(8, 10))}/${time.slice(0, 4)}`;
  return `${date} ${hour % 12 === 0 ? 12 : hour % 12}${time.slice(13)} ${hour < 12 ? 'AM' : 'PM'}`;
};

/** One row a recipient. */
function* recipientRows(
  mail: Iterable<TracedMail>,
  dateOf: (seconds: number) => string,
): Generator<Row> {
  let index = 0;
  for (const traced of mail)
    for (const { address, status } of traced.recipients)
      yield {
        Organization: 'contoso.onmicrosoft.example',
        PSComputerName: 'outlook.office365.com',
        RunspaceId: '1d3cf1a0-5a0c-4a0f-a2b5-3d0a5f5f9c1e',
        PSShowComputerName: 'False',
        MessageTraceId: traced.networkMessageId,
        MessageId: `<${traced.messageId}>`,
        Received: dateOf(traced.receivedAt),
        SenderAddress: traced.sender,
        RecipientAddress: address,
        FromIP: traced.incoming ? '198.18.0.25' : '',
        ToIP: '',
        Subject: traced.subject,
        Status: status,
        Size: String(traced.size),
        StartDate: '8/1/2026 12:00:00 AM',
        EndDate: '11/1/2026 12:00:00 AM',
        Index: String(index++),
      };
}

const OLD_COLUMNS =
  'PSComputerName,RunspaceId,PSShowComputerName,Organization,MessageId,Received,SenderAddress,RecipientAddress,Subject,Status,ToIP,FromIP,Size,MessageTraceId,StartDate,EndDate,Index';
const V2_COLUMNS =
  'MessageTraceId,MessageId,Received,SenderAddress,RecipientAddress,FromIP,ToIP,Subject,Status,Size';

const isoDate = (seconds: number): string => `${recordTime(seconds)}.0480000Z`;

/** Recipient and sender runs appended to one file: every seventh row stands there twice. */
function* withRepeats(rows: Iterable<Row>): Generator<Row> {
  const again: Row[] = [];
  let number = 0;
  for (const row of rows) {
    yield row;
    if (number++ % 7 === 0) again.push(row);
  }
  yield* again;
}

export const cmdletTraces: readonly TraceContainer[] = [
  {
    name: 'get-messagetrace-csv',
    title: 'Get-MessageTrace | Export-Csv',
    extension: 'csv',
    encoding: 'utf-8',
    source: 'importedTrace',
    text: (mail) =>
      csvText(OLD_COLUMNS.split(','), recipientRows(mail, usDate), {
        delimiter: ',',
        quote: 'all',
      }),
  },
  {
    name: 'get-messagetracev2-csv',
    title: 'Get-MessageTraceV2 | Export-Csv, as Microsoft-Extractor-Suite appends it',
    extension: 'csv',
    encoding: 'utf-8-bom',
    source: 'importedTrace',
    text: (mail) =>
      csvText(V2_COLUMNS.split(','), withRepeats(recipientRows(mail, isoDate)), {
        delimiter: ',',
        quote: 'all',
      }),
  },
  {
    name: 'get-messagetracev2-json',
    title: 'Get-MessageTraceV2 over REST (JSON)',
    extension: 'json',
    encoding: 'utf-8',
    source: 'importedTrace',
    text: (mail) => {
      const value = [...withRepeats(recipientRows(mail, isoDate))].map((row) => ({
        ...Object.fromEntries(V2_COLUMNS.split(',').map((column) => [column, row[column]])),
        'Received@data.type': 'System.DateTime',
        Size: Number(row['Size']),
        'Size@data.type': 'System.Int32',
      }));
      return [
        JSON.stringify({
          '@odata.context': 'https://outlook.office365.com/adminapi/beta/$metadata',
          value,
        }),
      ];
    },
  },
];
