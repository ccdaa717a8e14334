import { differsIn, fullestFirst, statedTogether } from '../fold-rows.ts';
import type { EventItem, NamedValue, SideEvent } from './side-event.ts';

/** The list of the row that lists most: a container may have lost a part of it. */
const longest = <One>(ordered: readonly SideEvent[], of: (event: SideEvent) => readonly One[]) =>
  ordered.map(of).reduce((one, other) => (other.length > one.length ? other : one));

/**
 * One event out of all rows with its id: each field as the fullest row that states it says it. The
 * same in whatever order rows came.
 * @throws RangeError without rows.
 */
export const foldEvents = (rows: readonly SideEvent[]): SideEvent => {
  const ordered = fullestFirst(rows);
  const folded = statedTogether(ordered);
  return {
    ...folded,
    items: longest(ordered, ({ items }) => items),
    parameters: longest(ordered, ({ parameters }) => parameters),
    resources: longest(ordered, ({ resources }) => resources),
    otherFields: longest(ordered, ({ otherFields }) => otherFields),
  };
};

/** Fields that tell one event from another and that every container spells alike. */
const IDENTIFYING = [
  'kind',
  'actor',
  'address',
  'mailboxGuid',
  'sessionId',
  'tokenId',
  'query',
] as const satisfies readonly (keyof SideEvent)[];

const idsOf = (items: readonly EventItem[], name: 'internetMessageId' | 'itemId') =>
  items.flatMap((item) => item[name] ?? []);

/** Ids of one kind against ids of that kind: a container may leave either out. */
const namesOtherItems = (row: SideEvent, folded: SideEvent): boolean =>
  (['internetMessageId', 'itemId'] as const).some((name) => {
    const known = new Set(idsOf(folded.items, name));
    return known.size > 0 && idsOf(row.items, name).some((id) => !known.has(id));
  });

const valuesByName = (parameters: readonly NamedValue[]): ReadonlyMap<string, string> =>
  new Map(parameters.map(({ name, value }) => [name.toLowerCase(), value.toLowerCase()]));

const setsOtherValues = (row: SideEvent, folded: SideEvent): boolean => {
  const known = valuesByName(folded.parameters);
  return [...valuesByName(row.parameters)].some(
    ([name, value]) => known.has(name) && known.get(name) !== value,
  );
};

/** Whether a row says something else than all rows of its id together, not merely less. */
export const eventContradicts = (row: SideEvent, folded: SideEvent): boolean =>
  row.operation.toLowerCase() !== folded.operation.toLowerCase() ||
  differsIn(row, folded, IDENTIFYING) ||
  namesOtherItems(row, folded) ||
  setsOtherValues(row, folded);
