import type { AccessedItem, AuditRecord, FolderName } from './audit-record.ts';

/**
 * How two readings with one Id stand to each other (`domain.md` 2): `same`, one merely lost
 * something the other has (`compatible`), or they contradict.
 */
export type Relation = 'same' | 'compatible' | 'contradicting';

const SCALARS = [
  'time',
  'access',
  'sessionId',
  'mailboxGuid',
  'mailboxOwner',
  'appOnly',
  'delegate',
  'external',
  'address',
  'clientInfo',
  'appId',
  'clientAppId',
  'logonType',
  'deviceId',
  'throttled',
  'operationCount',
  'uniqueTokenId',
] as const satisfies readonly (keyof AuditRecord)[];

const worse = (a: Relation, b: Relation): Relation =>
  a === 'contradicting' || b === 'contradicting'
    ? 'contradicting'
    : a === 'same' && b === 'same'
      ? 'same'
      : 'compatible';

const relateValues = (a: unknown, b: unknown): Relation =>
  a === b ? 'same' : a === null || b === null ? 'compatible' : 'contradicting';

/** Where one reading does not know the UserType, it could not know that the actor is an app. */
const relateActors = (a: AuditRecord, b: AuditRecord): Relation =>
  a.actor === b.actor
    ? 'same'
    : a.appOnly === null || b.appOnly === null
      ? 'compatible'
      : relateValues(a.actor, b.actor);

/** Of the ids beside the session's one container may carry fewer; others than these contradict. */
const relateOtherIds = (a: readonly string[], b: readonly string[]): Relation => {
  const covers = (all: readonly string[], some: readonly string[]): boolean =>
    some.every((id) => all.includes(id));
  const [more, less] = [covers(a, b), covers(b, a)];
  return more && less ? 'same' : more || less ? 'compatible' : 'contradicting';
};

const itemKey = (item: AccessedItem): string =>
  item.internetMessageId ?? `\u0000${item.itemId ?? ''}`;

const byKey = (items: readonly AccessedItem[]): Map<string, AccessedItem[]> => {
  const map = new Map<string, AccessedItem[]>();
  for (const item of items) {
    const known = map.get(itemKey(item));
    if (known === undefined) map.set(itemKey(item), [item]);
    else known.push(item);
  }
  return map;
};

const itemIdentity = (item: AccessedItem): string =>
  JSON.stringify([item.itemId, item.immutableId, item.sizeInBytes]);

/** Items of one message in both readings: equal sets, or details that one side does not carry. */
const relateCopies = (a: readonly AccessedItem[], b: readonly AccessedItem[]): Relation => {
  const mine = a.map(itemIdentity).sort();
  const theirs = b.map(itemIdentity).sort();
  if (mine.length === theirs.length && mine.every((one, at) => one === theirs[at])) return 'same';
  const fits = (x: AccessedItem, y: AccessedItem): boolean =>
    relateValues(x.itemId, y.itemId) !== 'contradicting' &&
    relateValues(x.immutableId, y.immutableId) !== 'contradicting' &&
    relateValues(x.sizeInBytes, y.sizeInBytes) !== 'contradicting';
  const covered =
    a.every((x) => b.some((y) => fits(x, y))) && b.every((y) => a.some((x) => fits(x, y)));
  return covered ? 'compatible' : 'contradicting';
};

const relateItems = (a: AuditRecord, b: AuditRecord): Relation => {
  const mine = byKey(a.items);
  const theirs = byKey(b.items);
  let relation: Relation = 'same';
  for (const [key, items] of mine) {
    const others = theirs.get(key);
    // Items that one side lists and the other lacks: a loss where it says itself that some are missing.
    if (others !== undefined) relation = worse(relation, relateCopies(items, others));
    else relation = worse(relation, b.itemsMissing ? 'compatible' : 'contradicting');
  }
  for (const key of theirs.keys()) {
    if (!mine.has(key)) relation = worse(relation, a.itemsMissing ? 'compatible' : 'contradicting');
  }
  return relation;
};

const folderIdentities = (folders: readonly FolderName[]): Set<string> =>
  new Set(folders.map(folderIdentity));

const relateFolders = (a: AuditRecord, b: AuditRecord): Relation => {
  const mine = folderIdentities(a.folders);
  const theirs = folderIdentities(b.folders);
  if (mine.size === theirs.size && [...mine].every((one) => theirs.has(one))) return 'same';
  const subset =
    [...mine].every((one) => theirs.has(one)) || [...theirs].every((one) => mine.has(one));
  // Containers differ in which names of a folder they carry; only disjoint lists contradict.
  return subset || mine.size === 0 || theirs.size === 0 || a.itemsMissing || b.itemsMissing
    ? 'compatible'
    : a.folders.some((x) => b.folders.some((y) => x.id === null || y.id === null))
      ? 'compatible'
      : 'contradicting';
};

/** Compares two readings of one Id by what both containers could carry (`domain.md` 2). Symmetric. */
export const relate = (a: AuditRecord, b: AuditRecord): Relation => {
  let relation = worse(relateActors(a, b), relateOtherIds(a.otherSessionIds, b.otherSessionIds));
  for (const name of SCALARS) {
    relation = worse(relation, relateValues(a[name], b[name]));
    if (relation === 'contradicting') return relation;
  }
  if (a.itemsMissing !== b.itemsMissing) relation = worse(relation, 'compatible');
  relation = worse(relation, relateFolders(a, b));
  return relation === 'contradicting' ? relation : worse(relation, relateItems(a, b));
};

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
      const placed = { ...item, folder: folder === undefined ? -1 : placeOf(folders, folder) };
      const known = joined.get(itemKey(item)) ?? [];
      if (known.some((other) => covers(other, placed))) continue;
      joined.set(itemKey(item), [...known.filter((other) => !covers(placed, other)), placed]);
    }
  }
  return [...joined.values()].flat();
};

/** Folders by id, those without by name: the names of folders with ids vary (`domain.md` 3). */
const folderIdentity = (folder: FolderName): string => folder.id ?? `\u0000${folder.name ?? ''}`;

const placeOf = (folders: FolderName[], folder: FolderName): number => {
  const identity = folderIdentity(folder);
  const at = folders.findIndex((one) => folderIdentity(one) === identity);
  return at >= 0 ? at : folders.push(folder) - 1;
};

/** How much a reading states: the fuller one leads when readings are merged. */
const fullness = (record: AuditRecord): number =>
  SCALARS.filter((name) => record[name] !== null).length +
  record.otherSessionIds.length +
  record.items.reduce(
    (sum, item) => sum + 1 + Number(item.itemId !== null) + Number(item.sizeInBytes !== null),
    0,
  );

/** What a reading says, alike for two that say the same, however they were read. */
const saying = (record: AuditRecord): string =>
  JSON.stringify([
    ...SCALARS.map((name) => record[name]),
    record.actor,
    record.sessionIdSource,
    record.otherSessionIds,
    record.rawAddress,
    record.itemsMissing,
    record.folders.map(folderIdentity),
    record.items.map((item) => [itemKey(item), itemIdentity(item), item.folder]),
  ]);

/** A stable order over readings that depends on what they say alone: fullest first. */
const inOrder = (readings: readonly AuditRecord[]): readonly AuditRecord[] =>
  readings
    .map((record) => ({ record, full: fullness(record), text: saying(record) }))
    .sort((a, b) => b.full - a.full || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map((entry) => entry.record);

/** One reading that says all that compatible readings say. `ordered` is fullest first. */
const merge = (ordered: readonly [AuditRecord, ...AuditRecord[]]): AuditRecord => {
  const [first, ...rest] = ordered;
  const folders: FolderName[] = [];
  for (const reading of ordered) for (const folder of reading.folders) placeOf(folders, folder);
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
const grouped = (
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
  const { groups, placed } = grouped(readings);
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
  const named = grouped(readings).groups.map(
    ({ merged }) => new Map(merged.items.map((item) => [itemKey(item), item])),
  );
  const all = new Map(named.flatMap((items) => [...items]));
  return [...all].flatMap(([key, item]) => (named.every((one) => one.has(key)) ? [] : [item]));
};
