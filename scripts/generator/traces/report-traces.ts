import { recordTime } from '../access.ts';
import { csvText } from '../csv.ts';
import type { Encoding } from '../encoding.ts';
import { mapEach } from '../map-each.ts';
import type { TraceContainer } from './trace-container.ts';
import type { TracedMail } from './traced-mail.ts';

const SUMMARY =
  'origin_timestamp_utc,sender_address,recipient_status,message_subject,total_bytes,message_id,network_message_id,original_client_ip,directionality,connector_id,delivery_priority';
const EXTENDED =
  'date_time_utc,client_ip,client_hostname,server_ip,server_hostname,source_context,connector_id,source,event_id,internal_message_id,message_id,network_message_id,recipient_address,recipient_status,total_bytes,recipient_count,related_recipient_address,reference,message_subject,sender_address,return_path,message_info,directionality,tenant_id,original_client_ip,original_server_ip,custom_data';

const reportTime = (seconds: number): string => `${recordTime(seconds)}.3284899Z`;
const direction = (mail: TracedMail): string => (mail.incoming ? 'Incoming' : 'Originating');

const summaryText: TraceContainer['text'] = (mail) => {
  const rows = mapEach(mail, (traced) => ({
    origin_timestamp_utc: reportTime(traced.receivedAt),
    sender_address: traced.sender,
    recipient_status: traced.recipients
      .map(
        ({ address, status }) => `${address}##Receive, ${status === 'Failed' ? 'Fail' : 'Deliver'}`,
      )
      .join(';'),
    message_subject: traced.subject.slice(0, 256),
    total_bytes: String(traced.size),
    message_id: `<${traced.messageId}>`,
    network_message_id: traced.networkMessageId,
    original_client_ip: '198.18.0.25',
    directionality: direction(traced),
    connector_id: 'To_DefaultOpportunisticTLS',
    delivery_priority: 'Normal',
  }));
  return csvText(SUMMARY.split(','), rows, { delimiter: ',', quote: 'needed' });
};

const EVENTS = [
  ['SMTP', 'RECEIVE'],
  ['AGENT', 'AGENTINFO'],
  ['STOREDRIVER', 'DELIVER'],
] as const;

/** One row an event: what the mail met on its way, and where it ended. */
function* eventRows(mail: Iterable<TracedMail>): Generator<{ readonly [column: string]: string }> {
  for (const traced of mail)
    for (const [index, [source, event]] of EVENTS.entries()) {
      const failed =
        event === 'DELIVER' && traced.recipients.every(({ status }) => status === 'Failed');
      yield {
        date_time_utc: reportTime(traced.receivedAt + index),
        server_hostname: 'AM0PR07MB5763.eurprd07.prod.outlook.com',
        source_context: '08D9AE1AA4FEA27C;ClientSubmitTime:',
        source: failed ? 'DSN' : source,
        event_id: failed ? 'FAIL' : event,
        internal_message_id: '132697',
        message_id: `<${traced.messageId}>`,
        network_message_id: traced.networkMessageId,
        recipient_address: traced.recipients.map(({ address }) => address).join(';'),
        recipient_status: event === 'RECEIVE' ? '' : '250 2.1.5 RESOLVED',
        total_bytes: String(traced.size),
        recipient_count: String(traced.recipients.length),
        message_subject: traced.subject.slice(0, 256),
        sender_address: traced.sender,
        return_path: traced.sender,
        directionality: direction(traced),
        tenant_id: '549366ae-e80a-44b9-8adc-52d0c29ba08b',
        custom_data: 'S:IncludeInSla=True;S:DeliveryPriority=Normal',
      };
    }
}

const extendedText: TraceContainer['text'] = (mail) =>
  csvText(EXTENDED.split(','), eventRows(mail), { delimiter: ',', quote: 'needed' });

const report = (
  name: string,
  title: string,
  encoding: Encoding,
  text: TraceContainer['text'],
): TraceContainer => ({
  name,
  title,
  extension: 'csv',
  encoding,
  source: 'historicalSearch',
  text,
});

export const reportTraces: readonly TraceContainer[] = [
  report('historical-summary', 'Historical search, enhanced summary', 'utf-16le-bom', summaryText),
  report(
    'historical-summary-no-bom',
    'Historical search, summary, no BOM',
    'utf-16le',
    summaryText,
  ),
  report(
    'historical-extended',
    'Historical search, extended: a row an event',
    'utf-16le',
    extendedText,
  ),
];
