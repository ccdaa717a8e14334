import type { CsvFormat } from '../format.ts';
import { DATE_ORDER, dateColumnOrder, receivedAt } from '../dates/local-time.ts';
import { hasColumn } from '../audit/column-names.ts';
import { traceContent } from './trace-row.ts';

/** Events that settle something for the recipients of their row; the others only pass by. */
const STATUS_OF_EVENT: ReadonlyMap<string, string> = new Map([
  ['DELIVER', 'delivered'],
  ['DUPLICATEDELIVER', 'delivered'],
  ['FAIL', 'failed'],
  ['BADMAIL', 'failed'],
  ['DROP', 'dropped'],
  ['EXPAND', 'expanded'],
  ['DEFER', 'pending'],
  ['SEND', 'sent'],
  ['SENDEXTERNAL', 'sent'],
]);

/**
 * A historical search's extended report: one row is one event, some sixteen of a mail, folded into one
 * trace by message id (`foldTraces`). Its recipient_status holds SMTP codes, not outcomes.
 */
export const historicalExtended: CsvFormat = {
  name: 'historical-search-extended',
  title: 'Historical search, extended report (CSV)',
  kind: 'trace',
  container: 'csv',
  sample: `date_time_utc,client_ip,client_hostname,server_ip,server_hostname,source_context,connector_id,source,event_id,internal_message_id,message_id,network_message_id,recipient_address,recipient_status,total_bytes,recipient_count,related_recipient_address,reference,message_subject,sender_address,return_path,message_info,directionality,tenant_id,original_client_ip,original_server_ip,custom_data\r
2026-11-23T19:49:37.6050000Z,,a.example,,b.example,x;y,,STOREDRIVER,DELIVER,132697,<a6@fabrikam.example>,00000000-0000-4000-8000-0000000000a6,g.jacobs@contoso.example;hr@contoso.example,,89464,2,,,Last day details,Anna@fabrikam.example,anna@fabrikam.example,,Incoming,00000000-0000-4000-8000-000000000009,203.0.113.10,,S:DeliveryPriority=Normal\r
`,
  recognise: (header) => hasColumn(header, 'date_time_utc', 'event_id', 'message_id', 'source'),
  facts: dateColumnOrder((name) => /^date_time_utc$/i.test(name)),
  reader: (column, layout) => {
    const names = ['message_id', 'network_message_id', 'sender_address', 'recipient_address'];
    const [id = -1, network = -1, sender = -1, recipients = -1] = names.map(column);
    const path = column('return_path');
    const event = column('event_id');
    const subject = column('message_subject');
    const time = column('date_time_utc');
    const size = column('total_bytes');
    const order = layout.facts[DATE_ORDER];
    return (cells) => {
      const at = (index: number) => cells[index] ?? '';
      const status = STATUS_OF_EVENT.get(at(event).trim().toUpperCase()) ?? null;
      return traceContent('historicalSearch', {
        messageId: at(id),
        networkMessageId: at(network),
        sender: at(sender).trim() === '' ? at(path) : at(sender),
        recipients: at(recipients)
          .split(';')
          .map((address) => ({ address, status })),
        status: null,
        subject: at(subject),
        ...receivedAt(at(time), order),
        size: at(size),
      });
    };
  },
};
