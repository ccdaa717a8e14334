import { normaliseAddress } from '../../domain/addresses/address.ts';
import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';

/** undefined: it is no JSON. */
export const readJson = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as JsonValue;
  } catch {
    return undefined;
  }
};

/** A property by its name, else by that name in another case; undefined: it has none. */
export const member = (data: JsonObject, name: string): JsonValue | undefined => {
  if (Object.hasOwn(data, name)) return data[name];
  const wanted = name.toLowerCase();
  const key = Object.keys(data).find((one) => one.toLowerCase() === wanted);
  return key === undefined ? undefined : data[key];
};

/** What must be known of a page to go on; its records are read by the import. */
export interface PageFacts {
  /** Of all records that could be read, in their order; those without one are not here. */
  readonly ids: readonly string[];
  /** createdDateTime of the same records where they state one. */
  readonly times: readonly string[];
  /** All records that could be read. */
  readonly records: number;
  /** Of how many of them each address is, normalised: by id where it has one. */
  readonly addresses: ReadonlyMap<string, readonly string[]>;
  readonly nextLink: string | null;
  /** It is no page of records to its end: broken in the middle, cut off, or an error under HTTP 200. */
  readonly spoiled: boolean;
}

const textOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** The address that a record states, as an import reads it. */
const addressOf = (data: JsonObject): string | null => {
  const stated = textOf(member(data, 'ClientIPAddress')) ?? textOf(member(data, 'ClientIP'));
  return normaliseAddress(stated).address;
};

const factsOf = (
  values: readonly JsonValue[],
  nextLink: string | null,
  spoiled: boolean,
): PageFacts => {
  const ids: string[] = [];
  const times: string[] = [];
  const addresses = new Map<string, string[]>();
  let records = 0;
  for (const value of values) {
    if (!isObject(value)) continue;
    records += 1;
    const within = member(value, 'auditData');
    const data = isObject(within) ? within : value;
    const id = textOf(member(value, 'id')) ?? textOf(member(data, 'Id'));
    const time = textOf(member(value, 'createdDateTime')) ?? textOf(member(data, 'CreationTime'));
    if (id !== null) ids.push(id.toLowerCase());
    if (time !== null) times.push(time.endsWith('Z') ? time : `${time}Z`);
    const address = addressOf(data);
    if (address !== null && id !== null)
      addresses.set(address, [...(addresses.get(address) ?? []), id.toLowerCase()]);
  }
  return { ids, times, records, addresses, nextLink, spoiled };
};

/** Where the object that begins at `from` ends, exclusive; -1: it does not. */
const objectEnd = (text: string, from: number): number => {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{') depth += 1;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return -1;
};

const RECORD_NAMES = ['auditData', 'createdDateTime'] as const;

/** Whole records of a page that broke. The import finds them by itself; here they are counted. */
const salvaged = (text: string): PageFacts => {
  const named = /"value"\s*:\s*\[/i.exec(text);
  const start = named === null ? -1 : named.index + named[0].length - 1;
  const values: JsonValue[] = [];
  let at = start < 0 ? text.length : start;
  while (at < text.length) {
    const from = text.indexOf('{', at);
    if (from < 0) break;
    const end = objectEnd(text, from);
    const value = end < 0 ? undefined : readJson(text.slice(from, end));
    // A broken object may hide whole ones behind its first brace.
    if (value === undefined) at = from + 1;
    else {
      if (isObject(value) && RECORD_NAMES.some((name) => member(value, name) !== undefined))
        values.push(value);
      at = end;
    }
  }
  return factsOf(values, null, true);
};

/** Facts of a page as it came (`tenant.md` 1.4). */
export const pageFacts = (body: Uint8Array): PageFacts => {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  const data = readJson(text);
  if (Array.isArray(data)) return factsOf(data, null, false);
  const values = isObject(data) ? member(data, 'value') : undefined;
  if (!isObject(data) || !Array.isArray(values)) return salvaged(text);
  const nextLink = textOf(member(data, '@odata.nextLink'));
  return factsOf(values, nextLink, member(data, 'error') !== undefined);
};

/** So far into an answer its list of records has begun. */
const HEAD = 65_536;

/** Whether an answer is a page, or an array of records, as far as its beginning tells. */
export const beginsLikePage = (body: Uint8Array): boolean => {
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, HEAD)).toString();
  return /^\uFEFF?\s*(?:\[|\{[^]*"value"\s*:\s*\[)/i.test(head);
};
