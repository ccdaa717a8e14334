import { isObject, type JsonValue } from '../../domain/json.ts';

/** What must be known of a page to go on; its records are read by the import. */
export interface PageFacts {
  /** Of all records that could be read, in their order; those without one are not here. */
  readonly ids: readonly string[];
  /** createdDateTime of the same records where they state one. */
  readonly times: readonly string[];
  /** All records that could be read. */
  readonly records: number;
  readonly nextLink: string | null;
  /** It is no page of records to its end: broken in the middle, cut off, or an error under HTTP 200. */
  readonly spoiled: boolean;
}

const textOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

const factsOf = (
  values: readonly JsonValue[],
  nextLink: string | null,
  spoiled: boolean,
): PageFacts => {
  const ids: string[] = [];
  const times: string[] = [];
  let records = 0;
  for (const value of values) {
    if (!isObject(value)) continue;
    records += 1;
    const data = isObject(value['auditData']) ? value['auditData'] : value;
    const id = textOf(value['id']) ?? textOf(data['Id']);
    const time = textOf(value['createdDateTime']) ?? textOf(data['CreationTime']);
    if (id !== null) ids.push(id.toLowerCase());
    if (time !== null) times.push(time.endsWith('Z') ? time : `${time}Z`);
  }
  return { ids, times, records, nextLink, spoiled };
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

const parsed = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
};

/** Complete records of a page that broke. The import finds them by itself; here they are counted. */
const salvaged = (text: string): PageFacts => {
  const start = text.indexOf('[', text.indexOf('"value"'));
  const values: JsonValue[] = [];
  let at = start < 0 ? text.length : start;
  while (at < text.length) {
    const from = text.indexOf('{', at);
    if (from < 0) break;
    const end = objectEnd(text, from);
    const value = end < 0 ? undefined : parsed(text.slice(from, end));
    // A broken object may hide whole ones behind its first brace.
    if (value === undefined) at = from + 1;
    else {
      if (isObject(value) && ('auditData' in value || 'createdDateTime' in value))
        values.push(value);
      at = end;
    }
  }
  return factsOf(values, null, true);
};

/** Facts of a page as it came (`tenant.md` 1.4). */
export const pageFacts = (body: Uint8Array): PageFacts => {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  const data = parsed(text);
  if (Array.isArray(data)) return factsOf(data, null, false);
  if (data === undefined || !isObject(data) || !Array.isArray(data['value'])) return salvaged(text);
  return factsOf(data['value'], textOf(data['@odata.nextLink']), 'error' in data);
};

/** The time of the last record where all come in one order, else null: then nothing can be told from it. */
export const lastInOrder = ({ times }: PageFacts): string | null => {
  const numbers = times.map((time) => Date.parse(time));
  const steps = numbers.slice(1).map((time, index) => time - (numbers[index] ?? time));
  const inOrder = steps.every((step) => step >= 0) || steps.every((step) => step <= 0);
  return numbers.length > 1 && inOrder ? (times.at(-1) ?? null) : null;
};
