import type { JsonFormat } from '../format.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import { cellOf, jsonReceivedAt } from '../json/fields.ts';
import { traceContent } from './trace-row.ts';

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
    traceContent('importedTrace', {
      messageId: cellOf(element['MessageId']),
      networkMessageId: cellOf(element['MessageTraceId']),
      sender: cellOf(element['SenderAddress']),
      recipients: [
        { address: cellOf(element['RecipientAddress']), status: cellOf(element['Status']) },
      ],
      status: cellOf(element['Status']),
      subject: cellOf(element['Subject']),
      ...jsonReceivedAt(element['Received'], layout.facts[DATE_ORDER]),
      size: cellOf(element['Size']),
    }),
};
