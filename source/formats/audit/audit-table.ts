import { isObject, type JsonValue } from '../../domain/json.ts';
import { utcIso } from '../../domain/utc-time.ts';
import type { FileOrder } from '../../domain/records/row.ts';
import type { CsvFormat, Layout } from '../format.ts';
import { DATE_ORDER, joinedOrder, orderBeside } from '../dates/local-time.ts';
import { auditTextContent } from './audit-content.ts';
import { withRecordTime } from './record-date.ts';

const creationTime = (auditData: string): string | null => {
  try {
    const data: unknown = JSON.parse(auditData);
    const time = isObject(data) ? data['CreationTime'] : null;
    return typeof time === 'string' ? utcIso(time) : null;
  } catch {
    return null;
  }
};

/**
 * The order of day and month in a column, where it is proved by the CreationTime of the same rows
 * (`domain.md` 10): one order fits them and the other does not. Else null.
 */
export const provedDateOrder = (
  pairs: Iterable<{ readonly date: string; readonly auditData: string }>,
): FileOrder | null => {
  let order: FileOrder | null = null;
  for (const { date, auditData } of pairs) {
    const time = creationTime(auditData);
    if (time !== null) order = joinedOrder(order, orderBeside(date, time));
  }
  return order;
};

const columnAt = (header: readonly string[], name: string): number =>
  header.findIndex((column) => column.toLowerCase() === name.toLowerCase());

/** A CSV with the record as JSON text in one column, and its id and date in others. */
export const auditTable = (names: {
  readonly auditData: string;
  readonly id: string;
  readonly date: string;
}): Pick<CsvFormat, 'facts' | 'reader'> => ({
  facts: (header, rows): Layout['facts'] => {
    const date = columnAt(header, names.date);
    const auditData = columnAt(header, names.auditData);
    const order: JsonValue = provedDateOrder(
      rows.map((cells) => ({ date: cells[date] ?? '', auditData: cells[auditData] ?? '' })),
    );
    return { [DATE_ORDER]: order };
  },
  reader: (column, layout) => {
    const [auditData, id, date] = [column(names.auditData), column(names.id), column(names.date)];
    const order = layout.facts[DATE_ORDER];
    return (cells) => {
      const envelope = { id: cells[id] || null, time: null };
      const content = auditTextContent(cells[auditData] ?? '', envelope);
      return withRecordTime(content, cells[date] ?? '', order);
    };
  },
});
