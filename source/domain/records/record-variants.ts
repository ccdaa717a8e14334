import type { AccessedItem, AuditRecord, FolderName } from './audit-record.ts';
import { betterFolderName } from './folder-name.ts';
import {
  folderIdentity,
  itemIdentity,
  itemKey,
  namedFolder,
  placedItems,
  SCALARS,
} from './record-parts.ts';
import { relate } from './same-record.ts';

/** `a` says all that `b` says of the same message. */
const covers = (a: AccessedItem, b: AccessedItem): boolean =>
  (b.folder < 0 || a.folder === b.folder) &&
  (b.itemId === null || a.itemId === b.itemId) &&
  (b.immutableId === null || a.immutableId === b.immutableId) &&
  (b.sizeInBytes === null || a.sizeInBytes === b.sizeInBytes);

/** All items of several readings, each once; `folders` is the list their `folder` then points into. */
const joinItems = (
  folders: FolderName[],
  readings: readonly AuditRecord[],
): readonly AccessedItem[] => {
  const joined = new Map<string, AccessedItem[]>();
  for (const reading of readings) {
    for (const item of reading.items) {
      const folder = reading.folders[item.folder];
      const placed = { ...item, folder: folder === undefined ? -1 : keyContextOf(folders, folder) };
      const known = joined.get(itemKey(item)) ?? [];
      if (known.some((other) => covers(other, placed))) continue;
      joined.set(itemKey(item), [...known.filter((other) => !covers(placed, other)), placed]);
    }
  }
  return [...joined.values()].flat();
};

/** Where `folder` stands among `folders`, under the best name that any of them has for it. */
const keyContextOf = (folders: FolderName[], folder: FolderName): number => {
  const identity = folderIdentity(folder);
  const at = folders.findIndex((one) => folderIdentity(one) === identity);
  const known = folders[at];
  if (known === undefined) return folders.push(folder) - 1;
  folders[at] = { id: known.id, name: betterFolderName(known.name, folder.name) };
  return at;
};

/** How much a reading states: the fuller one leads when readings are merged. */
const fullness = (record: AuditRecord): number =>
  SCALARS.filter((name) => record[name] !== null).length +
  record.otherSessionIds.length +
  record.items.reduce(
    (sum, item) => sum + 1 + Number(item.itemId !== null) + Number(item.sizeInBytes !== null),
    0,
  );

/** What a reading says, alike for exactly those that say the same, however they were read. */
const contentKey = (record: AuditRecord): string =>
  JSON.stringify([
    ...SCALARS.map((name) => record[name]),
    record.actor,
    record.sessionIdSource,
    record.otherSessionIds,
    record.rawAddress,
    record.itemsMissing,
    record.folders.map(namedFolder),
    placedItems(record).map((item) => [itemKey(item), itemIdentity(item)]),
  ]);

/** A stable order over readings that depends on what they say alone: fullest first. */
const inOrder = (readings: readonly AuditRecord[]): readonly AuditRecord[] =>
  readings
    .map((record) => ({ record, full: fullness(record), text: contentKey(record) }))
    .sort((a, b) => b.full - a.full || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map((entry) => entry.record);

/** One reading that says all that compatible readings say. `ordered` is fullest first. */
const merge = (ordered: readonly [AuditRecord, ...AuditRecord[]]): AuditRecord => {
  const [first, ...rest] = ordered;
  const folders: FolderName[] = [];
  for (const reading of ordered)
    for (const folder of reading.folders) keyContextOf(folders, folder);
  const items = joinItems(folders, ordered);
  let merged: AuditRecord = first;
  for (const other of rest) {
    const scalars = Object.fromEntries(SCALARS.map((name) => [name, merged[name] ?? other[name]]));
    merged = {
      ...merged,
      ...scalars,
      actor:
        merged.appOnly === true || other.appOnly !== true
          ? (merged.actor ?? other.actor)
          : other.actor,
      sessionIdSource: merged.sessionIdSource ?? other.sessionIdSource,
      otherSessionIds: [...new Set([...merged.otherSessionIds, ...other.otherSessionIds])].sort(),
      rawAddress: merged.rawAddress ?? other.rawAddress,
    };
  }
  const declared = merged.operationCount ?? 0;
  const complete = ordered.some((reading) => !reading.itemsMissing);
  return {
    ...merged,
    folders,
    items,
    itemsMissing: !complete && !(declared > 0 && items.length >= declared),
  };
};

interface VariantGroup {
  merged: AuditRecord;
  readings: [AuditRecord, ...AuditRecord[]];
}

/** Readings that do not contradict, merged; `placed`: the index of each reading's group. */
const groupCompatible = (
  readings: readonly AuditRecord[],
): {
  readonly groups: readonly VariantGroup[];
  readonly placed: ReadonlyMap<AuditRecord, number>;
} => {
  const groups: VariantGroup[] = [];
  const placed = new Map<AuditRecord, number>();
  for (const reading of inOrder(readings)) {
    const home = groups.findIndex((group) => relate(group.merged, reading) !== 'contradicting');
    const group = groups[home];
    if (group === undefined) {
      placed.set(reading, groups.push({ merged: reading, readings: [reading] }) - 1);
    } else {
      group.readings.push(reading);
      group.merged = merge(group.readings);
      placed.set(reading, home);
    }
  }
  return { groups, placed };
};

/**
 * The variants of one record: readings that do not contradict are merged into one; more than one
 * variant is a conflict. Depends on the set of readings alone, never on their order. `members[i]`
 * are the readings (indices into the input) that variant i is made of. Every variant lists the
 * items of all: never fewer than any of them says (`domain.md` 2).
 */
export const variantsOf = (
  readings: readonly AuditRecord[],
): readonly { readonly record: AuditRecord; readonly members: readonly number[] }[] => {
  const { groups, placed } = groupCompatible(readings);
  const leads = groups.map((group) => group.merged);
  return groups.map((group, at) => {
    const others = leads.filter((_, index) => index !== at);
    const folders = [...group.merged.folders];
    const items =
      others.length === 0 ? group.merged.items : joinItems(folders, [group.merged, ...others]);
    return {
      record: {
        ...group.merged,
        folders: others.length === 0 ? group.merged.folders : folders,
        items,
      },
      members: readings.flatMap((reading, index) => (placed.get(reading) === at ? [index] : [])),
    };
  });
};

/**
 * Items of a record that not every variant of it names (`domain.md`, Exposure, *contested*); empty
 * where its readings do not contradict.
 */
export const contestedItems = (readings: readonly AuditRecord[]): readonly AccessedItem[] => {
  const named = groupCompatible(readings).groups.map(
    ({ merged }) => new Map(merged.items.map((item) => [itemKey(item), item])),
  );
  const all = new Map(named.flatMap((items) => [...items]));
  return [...all].flatMap(([key, item]) => (named.every((one) => one.has(key)) ? [] : [item]));
};
