/** Records from readings: what has one Id is one record, in as many variants as contradict. */
import type { PlainFile, PlainFolder, PlainItem, PlainReading, PlainRow } from './plain-reading.ts';
import { readFile, readTraces } from './plain-reading.ts';

export interface PlainVariant extends PlainReading {
  /** Items that this variant names itself; `items` has those of all variants (`domain.md` 2). */
  readonly named: readonly PlainItem[];
}

export interface PlainRecord {
  readonly id: string;
  /** More than one: they contradict. */
  readonly variants: readonly PlainVariant[];
}

export interface PlainSource {
  /** Times of damaged rows, null where nothing says one. */
  readonly damaged: readonly (number | null)[];
  /** Ids of its records. */
  readonly ids: ReadonlySet<string>;
  /** None of its own rows names an item, whatever other sources know of its records. */
  readonly isItemless: boolean;
}

export interface PlainLog {
  readonly records: readonly PlainRecord[];
  readonly sources: readonly PlainSource[];
  /** Epoch milliseconds by message id: when it was received, as message traces say. */
  readonly received: ReadonlyMap<string, number>;
}

/** By message id, else by item id; the space keeps the two apart. */
export const itemKey = (item: PlainItem): string => item.message ?? ` ${item.itemId ?? ''}`;

const SCALARS = [
  ...(['time', 'isSync', 'session', 'mailbox', 'owner', 'actor', 'address', 'client'] as const),
  ...(['app', 'clientApp', 'logonType', 'device', 'throttled', 'declared'] as const),
];

const namesAll = (one: PlainReading, other: PlainReading): boolean => {
  const keys = new Set(one.items.map(itemKey));
  return one.lacksItems || other.items.every((item) => keys.has(itemKey(item)));
};

/** They say different things: not only that one of them has lost something. */
const contradict = (one: PlainReading, other: PlainReading): boolean =>
  SCALARS.some((name) => one[name] !== null && other[name] !== null && one[name] !== other[name]) ||
  !namesAll(one, other) ||
  !namesAll(other, one);

const joinItems = (readings: readonly PlainReading[]): readonly PlainItem[] => [
  ...new Map(
    readings
      .flatMap(({ items }) => items)
      .map((item) => [`${item.folder.key} ${itemKey(item)}`, item]),
  ).values(),
];

const joinFolders = (readings: readonly PlainReading[]): readonly PlainFolder[] => [
  ...new Map(
    readings.flatMap(({ folders }) => folders).map((folder) => [folder.key + folder.name, folder]),
  ).values(),
];

/** What two readings say together that do not contradict. */
const join = (one: PlainReading, other: PlainReading): PlainReading => {
  const scalars = Object.fromEntries(SCALARS.map((name) => [name, one[name] ?? other[name]]));
  return {
    ...one,
    ...scalars,
    folders: joinFolders([one, other]),
    items: joinItems([one, other]),
    lacksItems: one.lacksItems && other.lacksItems,
  };
};

const fullness = (reading: PlainReading): number =>
  reading.items.length + SCALARS.filter((name) => reading[name] !== null).length;

const recordOf = (id: string, readings: readonly PlainReading[]): PlainRecord => {
  const variants: PlainReading[] = [];
  for (const reading of readings.toSorted((a, b) => fullness(b) - fullness(a))) {
    const at = variants.findIndex((variant) => !contradict(variant, reading));
    const variant = variants[at];
    if (variant === undefined) variants.push(reading);
    else variants[at] = join(variant, reading);
  }
  const items = joinItems(variants);
  const folders = joinFolders(variants);
  return {
    id,
    variants: variants.map((variant) => ({ ...variant, items, folders, named: variant.items })),
  };
};

const sourceOf = (rows: readonly PlainRow[]): PlainSource => ({
  damaged: rows.flatMap((row) => (row.fate === 'damaged' ? [row.time] : [])),
  ids: new Set(rows.flatMap((row) => (row.fate === 'record' ? [row.reading.id] : []))),
  isItemless: rows.every((row) => row.fate !== 'record' || row.reading.items.length === 0),
});

const isTrace = ({ name }: PlainFile): boolean => name.startsWith('trace');

/** What files of a case say, in whatever order. */
export const readLog = (files: readonly PlainFile[]): PlainLog => {
  const rows = files.filter((file) => !isTrace(file)).map(readFile);
  const readings = rows.flat().flatMap((row) => (row.fate === 'record' ? [row.reading] : []));
  const byId = Map.groupBy(readings, ({ id }) => id);
  return {
    records: [...byId].map(([id, all]) => recordOf(id, all)),
    sources: rows.map(sourceOf),
    received: readTraces(files.filter(isTrace)),
  };
};
