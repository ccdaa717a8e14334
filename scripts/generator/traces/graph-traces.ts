import { recordTime } from '../access.ts';
import type { TraceContainer } from './trace-container.ts';
import type { TracedMail } from './traced-mail.ts';

const CONTEXT = 'https://graph.microsoft.com/v1.0/$metadata#admin/exchange/tracing/messageTraces';
const PAGE = 1000;

/** The casing of a status differs from page to page, as the documentation's own examples do. */
const rowsOf = (traced: TracedMail): readonly object[] =>
  traced.recipients.map(({ address, status }, index) => ({
    ...(index === 0 ? { '@odata.type': '#microsoft.graph.exchangeMessageTrace' } : {}),
    id: traced.networkMessageId,
    senderAddress: traced.sender,
    recipientAddress: address,
    messageId: `<${traced.messageId}>`,
    receivedDateTime: `${recordTime(traced.receivedAt)}Z`,
    subject: traced.subject,
    size: traced.size,
    fromIP: traced.incoming ? '198.18.0.25' : '',
    toIP: '',
    status: traced.size % 2 === 0 ? status : status[0]!.toLowerCase() + status.slice(1),
  }));

/** Pages, each on a line of its own. */
function* pages(mail: Iterable<TracedMail>): Generator<string> {
  const rows = [...mail].flatMap(rowsOf);
  for (let from = 0; from === 0 || from < rows.length; from += PAGE)
    yield `${JSON.stringify({
      '@odata.context': CONTEXT,
      ...(from + PAGE < rows.length ? { '@odata.nextLink': `${CONTEXT}?$skiptoken=${from}` } : {}),
      value: rows.slice(from, from + PAGE),
    })}\n`;
}

export const graphTraces: readonly TraceContainer[] = [
  {
    name: 'graph-traces',
    title: 'Graph message traces, page after page (JSON)',
    extension: 'json',
    encoding: 'utf-8',
    source: 'importedTrace',
    text: pages,
  },
];
