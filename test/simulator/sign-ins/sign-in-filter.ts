import type { GraphVersion } from '../http/routes.ts';
import type { SignInEntry, SignInEventType } from './sign-in-entries.ts';

const COMPARED = [
  ...['userPrincipalName', 'userId', 'appId', 'ipAddress', 'createdDateTime', 'id'],
  ...['sessionId', 'uniqueTokenIdentifier'],
] as const;
const BETA_ONLY = new Set(['signInEventTypes', 'sessionId', 'uniqueTokenIdentifier']);

const EVENT_TYPE =
  /^signInEventTypes\/any\(\s*(\w+)\s*:\s*(\1 eq '\w+'(?: or \1 eq '\w+')*)\s*\)$/u;
const USERS: readonly string[] = ['interactiveUser', 'nonInteractiveUser'];
const COMPARISON = /^(\w+) (eq|ge|le|gt|lt) (?:'((?:[^']|'')*)'|([\dT:.Z+-]+))$/u;

export interface SignInFilter {
  /** As they were named. */
  readonly types: readonly SignInEventType[];
  readonly matches: (entry: SignInEntry) => boolean;
}

const compare = (one: number, operator: string, other: number): boolean => {
  if (operator === 'ge') return one >= other;
  if (operator === 'le') return one <= other;
  if (operator === 'gt') return one > other;
  return operator === 'lt' ? one < other : one === other;
};

/** The filter; a string: what is wrong with it. Clauses are joined by `and`. */
export const readSignInFilter = (text: string, version: GraphVersion): SignInFilter | string => {
  let types: readonly SignInEventType[] = ['interactiveUser'];
  const tests: ((entry: SignInEntry) => boolean)[] = [];
  for (const clause of text === '' ? [] : text.split(/ and (?=(?:[^']*'[^']*')*[^']*$)/u)) {
    const trimmed = clause.trim().replace(/^\((.*)\)$/u, '$1');
    const property = /^\w+/u.exec(trimmed)?.[0] ?? '';
    const known = COMPARED.find((name) => name === property);
    if (version === 'v1.0' && BETA_ONLY.has(property))
      return `Could not find a property named '${property}' on type 'microsoft.graph.signIn'.`;
    const events = EVENT_TYPE.exec(trimmed)?.[2];
    if (events !== undefined) {
      types = [...events.matchAll(/'(\w+)'/gu)].map(([, event]) => event as SignInEventType);
      if (types.length > 1 && !types.every((one) => USERS.includes(one)))
        return 'Filtering for user and service principal sign-ins together is not supported.';
      continue;
    }
    const [, , operator = '', quoted, time] = COMPARISON.exec(trimmed) ?? [];
    if (!known || operator === '') return 'Invalid filter clause';
    if (known === 'createdDateTime') {
      const at = Date.parse(time ?? '');
      if (Number.isNaN(at)) return 'Invalid filter clause';
      tests.push((entry) => compare(entry.at * 1000, operator, at));
    } else {
      if (operator !== 'eq' || quoted === undefined) return 'Invalid filter clause';
      // The case counts, and names are stored in lower case.
      const wanted = quoted.replaceAll("''", "'");
      tests.push((entry) => entry[known] === wanted);
    }
  }
  return { types, matches: (entry) => tests.every((holds) => holds(entry)) };
};
