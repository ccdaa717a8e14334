import type { AccessedItem, AuditRecord, FolderName } from './audit-record.ts';
import {
  folderIdentity,
  itemIdentity,
  itemKey,
  namedFolder,
  type PlacedItem,
  placedItems,
  SCALARS,
} from './record-parts.ts';

/**
 * How two readings of one Id relate (`domain.md` 2): `same`; `compatible` where one merely lost
 * something that the other has; else they contradict.
 */
export type Relation = 'same' | 'compatible' | 'contradicting';

const worseOf = (a: Relation, b: Relation): Relation =>
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

/** One container may carry fewer of the other session ids; different ones contradict. */
const relateOtherIds = (a: readonly string[], b: readonly string[]): Relation => {
  const covers = (all: readonly string[], some: readonly string[]): boolean =>
    some.every((id) => all.includes(id));
  const [more, less] = [covers(a, b), covers(b, a)];
  return more && less ? 'same' : more || less ? 'compatible' : 'contradicting';
};

const byKey = <Item extends AccessedItem>(items: readonly Item[]): Map<string, Item[]> => {
  const map = new Map<string, Item[]>();
  for (const item of items) {
    const known = map.get(itemKey(item));
    if (known === undefined) map.set(itemKey(item), [item]);
    else known.push(item);
  }
  return map;
};

/** Order counts: it is kept, and `mia verify` compares it. */
const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, at) => one === b[at]);

/** Whether two names can be of one folder; where one side knows no id, that can't be told. */
const mayBeOneFolder = (a: FolderName | null, b: FolderName | null): boolean =>
  a === null ||
  b === null ||
  (a.id === null) !== (b.id === null) ||
  folderIdentity(a) === folderIdentity(b);

/** One message as one of two readings has it. */
interface Copies {
  readonly items: readonly PlacedItem[];
  /** Whether the reading says itself that it has lost items. */
  readonly lost: boolean;
}

/**
 * Items of one message in both readings: equal sets, details that one side does not carry, or a copy
 * in a folder of its own, which a side that has lost items may have lost.
 */
const relateCopies = (
  { items: a, lost: aLost }: Copies,
  { items: b, lost: bLost }: Copies,
): Relation => {
  if (isSameList(a.map(itemIdentity), b.map(itemIdentity))) return 'same';
  const fits = (x: PlacedItem, y: PlacedItem): boolean =>
    relateValues(x.itemId, y.itemId) !== 'contradicting' &&
    relateValues(x.immutableId, y.immutableId) !== 'contradicting' &&
    relateValues(x.sizeInBytes, y.sizeInBytes) !== 'contradicting' &&
    mayBeOneFolder(x.in, y.in);
  const covers = (all: readonly PlacedItem[], lost: boolean, item: PlacedItem): boolean =>
    all.some((one) => fits(one, item)) ||
    (lost && all.every((one) => !mayBeOneFolder(one.in, item.in)));
  const covered =
    a.every((one) => covers(b, bLost, one)) && b.every((one) => covers(a, aLost, one));
  return covered ? 'compatible' : 'contradicting';
};

const relateItems = (a: AuditRecord, b: AuditRecord): Relation => {
  const [items, otherItems] = [placedItems(a), placedItems(b)];
  const inOrder = isSameList(items.map(itemKey), otherItems.map(itemKey));
  let relation: Relation = inOrder ? 'same' : 'compatible';
  const mine = byKey(items);
  const theirs = byKey(otherItems);
  for (const [key, copies] of mine) {
    const others = theirs.get(key);
    // Items that one side lists and the other lacks: a loss where it says itself that some are missing.
    if (others !== undefined)
      relation = worseOf(
        relation,
        relateCopies(
          { items: copies, lost: a.itemsMissing },
          { items: others, lost: b.itemsMissing },
        ),
      );
    else relation = worseOf(relation, b.itemsMissing ? 'compatible' : 'contradicting');
  }
  for (const key of theirs.keys()) {
    if (!mine.has(key))
      relation = worseOf(relation, a.itemsMissing ? 'compatible' : 'contradicting');
  }
  return relation;
};

const folderIdentities = (folders: readonly FolderName[]): Set<string> =>
  new Set(folders.map(folderIdentity));

const relateFolders = (a: AuditRecord, b: AuditRecord): Relation => {
  if (isSameList(a.folders.map(namedFolder), b.folders.map(namedFolder))) return 'same';
  const mine = folderIdentities(a.folders);
  const theirs = folderIdentities(b.folders);
  const subset =
    [...mine].every((one) => theirs.has(one)) || [...theirs].every((one) => mine.has(one));
  // Containers differ in which names of a folder they carry; only disjoint lists contradict.
  return subset || mine.size === 0 || theirs.size === 0 || a.itemsMissing || b.itemsMissing
    ? 'compatible'
    : a.folders.some((x) => b.folders.some((y) => x.id === null || y.id === null))
      ? 'compatible'
      : 'contradicting';
};

/** Fields that may differ without a contradiction; then the two are compatible and not the same. */
const isWrittenAlike = (a: AuditRecord, b: AuditRecord): boolean =>
  a.itemsMissing === b.itemsMissing &&
  a.rawAddress === b.rawAddress &&
  a.sessionIdSource === b.sessionIdSource;

/**
 * Compares two readings of one Id by what both containers could carry (`domain.md` 2). Symmetric.
 * `same`: nothing that is kept of a record differs.
 */
export const relate = (a: AuditRecord, b: AuditRecord): Relation => {
  let relation = worseOf(relateActors(a, b), relateOtherIds(a.otherSessionIds, b.otherSessionIds));
  for (const name of SCALARS) {
    relation = worseOf(relation, relateValues(a[name], b[name]));
    if (relation === 'contradicting') return relation;
  }
  if (!isWrittenAlike(a, b)) relation = worseOf(relation, 'compatible');
  relation = worseOf(relation, relateFolders(a, b));
  return relation === 'contradicting' ? relation : worseOf(relation, relateItems(a, b));
};
