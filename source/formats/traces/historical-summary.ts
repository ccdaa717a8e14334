import type { CsvFormat } from '../format.ts';
import { DATE_ORDER, dateColumnOrder, receivedAt } from '../dates/local-time.ts';
import { hasColumn } from '../audit/column-names.ts';
import { readRecipientStatus } from './recipient-status.ts';
import { traceContent } from './trace-row.ts';

/** A historical search's enhanced summary: one row is one message with all its recipients. */
export const historicalSummary: CsvFormat = {
  name: 'historical-search-summary',
  title: 'Historical search, enhanced summary (CSV)',
  kind: 'trace',
  container: 'csv',
  sample: `origin_timestamp_utc,sender_address,recipient_status,message_subject,total_bytes,message_id,network_message_id,original_client_ip,directionality,connector_id,delivery_priority\r
2026-03-23T10:00:09.3284899Z,Anna@fabrikam.example,"g.jacobs@contoso.example##Receive, Deliver;""Hr Team<hr""@contoso.example##Receive, Fail",AW: Offer,49790,<a5@fabrikam.example>,00000000-0000-4000-8000-0000000000a5,203.0.113.10,Incoming,,Normal\r
`,
  recognise: (header) =>
    hasColumn(header, 'message_id', 'recipient_status', 'message_subject', 'sender_address') &&
    (hasColumn(header, 'origin_timestamp_utc') || hasColumn(header, 'origin_timestamp')),
  facts: dateColumnOrder((name) => /^origin_timestamp/i.test(name)),
  reader: (column, layout) => {
    const names = ['message_id', 'network_message_id', 'sender_address', 'recipient_status'];
    const [id = -1, network = -1, sender = -1, recipients = -1] = names.map(column);
    const subject = column('message_subject');
    const utc = column('origin_timestamp_utc');
    const time = utc >= 0 ? utc : column('origin_timestamp');
    const size = column('total_bytes');
    const order = layout.facts[DATE_ORDER];
    return (cells) => {
      const at = (index: number) => cells[index] ?? '';
      return traceContent('historicalSearch', {
        messageId: at(id),
        networkMessageId: at(network),
        sender: at(sender),
        recipients: readRecipientStatus(at(recipients)),
        status: null,
        subject: at(subject),
        ...receivedAt(at(time), order),
        size: at(size),
      });
    };
  },
};
