import type { JsonObject, JsonValue } from '../../domain/json.ts';

/** `Folders_0_FolderItems_0_InternetMessageId`: places in lists are numbers between underscores. */
const FLATTENED = /^(Folders|OperationProperties|DeviceProperties)_\d+_|^Item_(Id$|ParentFolder_)/;

/** Whether the names are those of a record that was flattened (Hawk's "Simple" form). */
export const isFlattened = (names: readonly string[]): boolean =>
  names.some((name) => FLATTENED.test(name));

/** `Folders_0_FolderItems_0_InternetMessageId` is 5 deep; a name of very many parts is none of these. */
const DEEPEST = 32;

type Branch = Map<string, Branch | JsonValue>;

const grown = (branch: Branch): JsonValue => {
  const entries = [...branch].map(([name, value]): [string, JsonValue] => [
    name,
    value instanceof Map ? grown(value) : value,
  ]);
  if (entries.every(([name]) => /^\d+$/.test(name))) {
    return entries
      .sort(([left], [right]) => Number(left) - Number(right))
      .map(([, value]) => value);
  }
  return Object.fromEntries(entries);
};

/**
 * The record as it was before it was flattened. Empty values are left out: in a CSV they only say
 * that another row has more of something.
 */
export const unflatten = (
  fields: Iterable<readonly [string, JsonValue | undefined]>,
): JsonObject => {
  const root: Branch = new Map();
  for (const [name, value] of fields) {
    if (value === '' || value === null || value === undefined) continue;
    const steps = name.split('_');
    const path = steps.length > DEEPEST ? [name] : steps;
    const last = path.pop() ?? name;
    let branch = root;
    for (const step of path) {
      const below = branch.get(step);
      const next: Branch = below instanceof Map ? below : new Map();
      branch.set(step, next);
      branch = next;
    }
    branch.set(last, value);
  }
  const record = grown(root);
  return typeof record === 'object' && record !== null && !Array.isArray(record) ? record : {};
};
