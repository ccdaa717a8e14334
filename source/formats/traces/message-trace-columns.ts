import type { CsvFormat } from '../format.ts';
import { DATE_ORDER, dateOrderOf, receivedAt } from '../dates/local-time.ts';
import { traceContent } from './trace-row.ts';

/** Header names are compared without case. */
export const hasColumns = (header: readonly string[], ...names: readonly string[]): boolean => {
  const known = new Set(header.map((name) => name.toLowerCase()));
  return names.every((name) => known.has(name.toLowerCase()));
};

/** Columns that every message trace cmdlet writes. */
export const isMessageTrace = (header: readonly string[]): boolean =>
  hasColumns(header, 'MessageTraceId', 'MessageId', 'Received', 'RecipientAddress');

const DATES = new Set(['received', 'startdate', 'enddate']);

/** Get-MessageTrace and -V2 differ in what stands beside these; one row is one recipient. */
export const messageTraceRows: Pick<CsvFormat, 'facts' | 'reader'> = {
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
