import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { isObject } from '../../domain/json.ts';
import type { FileOrder, RowContent, RowDate } from '../../domain/records/row.ts';
import type { Warning } from '../../domain/records/source.ts';
import type { Layout } from '../format.ts';
import { DATE_ORDER, joinedOrder } from './local-time.ts';

/** The facts as `Layout.facts` keeps them, where there is anything to say. */
const UNDATED = 'undated';
const WHOLE_ORDER = 'dateOrderOfAll';

type Doubt = Exclude<RowDate['doubt'], null>;

/** Rows that stated a time and got none. */
interface Undated {
  readonly rows: number;
  /** The first of them, and what stands there. */
  readonly line: number;
  readonly text: string;
}

const SHOWN = 40;

/** Keeps count, row by row, of dates that gave no time, and of what the dates prove together. */
export class UndatedRows {
  readonly #undated = new Map<Doubt, Undated>();
  #order: FileOrder | null = null;

  note(line: number, content: RowContent): void {
    if (content.date === undefined) return;
    const { proves, doubt, text } = content.date;
    this.#order = joinedOrder(this.#order, proves);
    if (doubt === null) return;
    const known = this.#undated.get(doubt) ?? { rows: 0, line, text: text.slice(0, SHOWN) };
    this.#undated.set(doubt, { ...known, rows: known.rows + 1 });
  }

  /** The layout with what its rows proved so far. */
  ofLayout(layout: Layout): Layout {
    if (this.#order === null && this.#undated.size === 0) return layout;
    const undated: JsonObject = {};
    for (const [doubt, { rows, line, text }] of this.#undated)
      undated[doubt] = { rows, line, text };
    return {
      ...layout,
      facts: { ...layout.facts, [WHOLE_ORDER]: this.#order, [UNDATED]: undated },
    };
  }
}

const fileOrder = (value: JsonValue | undefined): FileOrder | null =>
  value === 'dayFirst' || value === 'monthFirst' || value === 'mixed' ? value : null;

const isUndated = (value: JsonValue | undefined): value is JsonObject & Undated =>
  isObject(value) &&
  typeof value['rows'] === 'number' &&
  typeof value['line'] === 'number' &&
  typeof value['text'] === 'string';

/** Rows of a file that this doubt left without a time; null: none. */
const undatedIn = (layout: Layout, doubt: Doubt): Undated | null => {
  const undated = layout.facts[UNDATED];
  const found = isObject(undated) ? undated[doubt] : undefined;
  return isUndated(found) ? found : null;
};

/**
 * What the whole of a file, once it was read, proves otherwise than the head by which its dates were
 * taken; null where nothing. With these facts it must be read again.
 */
export const otherwiseProved = (layout: Layout): Layout['facts'] | null => {
  const order = fileOrder(layout.facts[DATE_ORDER]);
  const whole = joinedOrder(order, fileOrder(layout.facts[WHOLE_ORDER]));
  if (whole === order) return null;
  // Records state their own time: of most files no row waits for what the dates beside them prove.
  if (order === null && undatedIn(layout, 'order') === null) return null;
  return { [DATE_ORDER]: whole };
};

const AGAIN =
  'Export it again with ISO dates (Get-Date -Format o in PowerShell, tostring(TimeGenerated) in Log Analytics).';

const reasonOf = (doubt: Doubt, undated: Undated, order: FileOrder | null): string => {
  const rows = undated.rows === 1 ? '1 row without a time' : `${undated.rows} rows without a time`;
  const such = JSON.stringify(undated.text);
  if (doubt === 'unreadable') return `${rows}: ${such} could not be read as a date. ${AGAIN}`;
  if (doubt === 'zone')
    return `${rows}, such as ${such}: it is local time, and the file does not say of which zone. Set the portal to UTC and export it again.`;
  return order === 'mixed'
    ? `${rows}, such as ${such}: some dates of this file write the day first and others the month, or differ from the times of their records, as if put together on two machines. Import its parts one by one, or export it again with ISO dates.`
    : `${rows}, such as ${such}: nothing in this file proves whether the day or the month comes first. ${AGAIN}`;
};

/** What is to be said once of a file as a whole: dates that gave no time, and what to do about it. */
export const undatedWarnings = (layout: Layout, file: string): readonly Warning[] => {
  const order = fileOrder(layout.facts[DATE_ORDER]);
  return (['order', 'unreadable', 'zone'] as const).flatMap((doubt) => {
    const found = undatedIn(layout, doubt);
    return found === null
      ? []
      : [{ file, line: found.line, reason: reasonOf(doubt, found, order) }];
  });
};
