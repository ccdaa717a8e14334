import type { JsonFormat } from '../format.ts';
import { cellOf, jsonReceivedAt } from '../json/fields.ts';
import { traceContent } from './trace-row.ts';

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
  read: (element) =>
    traceContent('importedTrace', {
      messageId: cellOf(element['messageId']),
      networkMessageId: cellOf(element['id']),
      sender: cellOf(element['senderAddress']),
      recipients: [
        { address: cellOf(element['recipientAddress']), status: cellOf(element['status']) },
      ],
      status: cellOf(element['status']),
      subject: cellOf(element['subject']),
      ...jsonReceivedAt(element['receivedDateTime'], null),
      size: cellOf(element['size']),
    }),
};
