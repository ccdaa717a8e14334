import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import { damaged } from './audit-content.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import type { CsvFormat, RowContent } from '../format.ts';

/** Excel cuts a cell here. */
const EXCEL_CELL = 32_767;

/** A name and what stands under it. */
type Entry = readonly [string, JsonValue | undefined];

/** A record put together from cells, or why that can't be. */
export type FieldsRead =
  | { readonly fields: JsonObject; readonly damage: null }
  | { readonly fields: null; readonly damage: RowContent };

/** JSON text in a cell or a string field: what begins like a list or an object. */
const holdsJson = (text: string): boolean => /^\s*(\[\s*[\]{"]|\{\s*["}])/.test(text);

/**
 * The fields of a flat record, JSON text inside them read; empty ones are left out. A field that
 * holds broken JSON damages the row.
 */
export const readFields = (entries: Iterable<Entry>): FieldsRead => {
  const fields: JsonObject = {};
  for (const [name, value] of entries) {
    if (value === undefined || value === null || value === '') continue;
    if (typeof value !== 'string' || !holdsJson(value)) {
      fields[name] = value;
      continue;
    }
    try {
      const inner = JSON.parse(value) as JsonValue;
      fields[name] = isObject(inner) || Array.isArray(inner) ? inner : value;
    } catch {
      const reason =
        value.length === EXCEL_CELL
          ? 'cut at 32,767 characters (Excel)'
          : `broken JSON in ${JSON.stringify(name.slice(0, 40))}`;
      return { fields: null, damage: damaged(reason) };
    }
  }
  return { fields, damage: null };
};

/**
 * A reader that uses every column: `read` gets all cells of a row under their names. `order`: of day
 * and month in the dates of the file (a FileOrder).
 */
export const allColumns =
  (
    read: (entries: readonly Entry[], order: JsonValue | undefined) => RowContent,
  ): CsvFormat['reader'] =>
  (column, layout) => {
    const names = layout.header ?? [];
    for (const name of names) column(name);
    const order = layout.facts[DATE_ORDER];
    return (cells) =>
      read(
        names.map((name, at) => [name, cells[at]] as const),
        order,
      );
  };
