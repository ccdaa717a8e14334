/** What the service makes of a `$filter`: the last value of each property, all of them joined by and. */
export interface TraceFilter {
  readonly equal: ReadonlyMap<string, string>;
  readonly subject: readonly ['contains' | 'startswith' | 'endswith' | 'eq', string] | null;
  /** As written. */
  readonly from: string | null;
  readonly to: string | null;
}

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|([(),])|([A-Za-z]\w*)|(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)))/uy;

interface Token {
  readonly kind: 'text' | 'mark' | 'word' | 'time';
  readonly text: string;
}

/** null: it cannot be read. */
const tokensOf = (filter: string): readonly Token[] | null => {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const end = filter.trimEnd().length;
  while (pattern.lastIndex < end) {
    const found = pattern.exec(filter);
    if (!found) return null;
    const [, quoted, mark, word, time] = found;
    if (quoted !== undefined)
      tokens.push({ kind: 'text', text: quoted.slice(1, -1).replaceAll("''", "'") });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'time', text: time ?? '' });
  }
  return tokens;
};

const PROPERTIES = [
  ...['id', 'messageId', 'status', 'senderAddress', 'recipientAddress', 'fromIP', 'toIP'],
  ...['subject', 'receivedDateTime'],
];
const propertyNamed = (word: string): string | undefined =>
  PROPERTIES.find((name) => name.toLowerCase() === word.toLowerCase());

const FUNCTIONS = ['contains', 'startswith', 'endswith'] as const;
const OPERATORS = new Set(['eq', 'ne', 'in', 'ge', 'le', 'gt', 'lt']);
const IGNORED = new Set(['and', 'or', 'not']);

/**
 * Reads as leniently as the service does (`tenant.md` 3.1): `or`, `in`, `ne` and `not` are accepted
 * and mean nothing. null: 400.
 */
export const readTraceFilter = (filter: string): TraceFilter | null => {
  const tokens = tokensOf(filter);
  if (!tokens) return null;
  const equal = new Map<string, string>();
  let subject: TraceFilter['subject'] = null;
  let [from, to] = [null, null] as [string | null, string | null];
  let property: string | undefined;
  let operator = '';
  let called: (typeof FUNCTIONS)[number] | undefined;
  for (const { kind, text } of tokens) {
    if (kind === 'word') {
      const word = text.toLowerCase();
      const known = propertyNamed(word);
      const name = FUNCTIONS.find((one) => one === word);
      if (known !== undefined) property = known;
      else if (name) called = name;
      else if (OPERATORS.has(word)) [operator, called] = [word, undefined];
      else if (!IGNORED.has(word)) return null;
    } else if (kind === 'time') {
      if (property !== 'receivedDateTime') return null;
      if (operator === 'ge') from = text;
      else if (operator === 'le') to = text;
    } else if (kind === 'text') {
      if (property === undefined || property === 'receivedDateTime') return null;
      if (property === 'subject') subject = [called ?? 'eq', text.toLowerCase()];
      // A function on anything but the subject changes nothing.
      else if (!called) equal.set(property, text);
    }
  }
  return { equal, subject, from, to };
};
