import type { ExportedCase } from '../../../source/exports/exported-case.ts';
import { sampleCase, sampleMessage, sampleSession } from '../sample-case.ts';

/** What a sender, an intruder or a file name might bring. */
export const HOSTILE =
  '<img src=https://evil.example/x onerror=alert(1)>"\'><script>alert(1)</script> | `tick` ' +
  '[link](javascript:alert(1)) https://evil.example/a www.evil.example &amp; **bold** ' +
  '\u001b[2J\u009b31m\u0007\u202e\u2066\u200b\ufeff\u2028\r\n# heading\n- item\n<!-- -->\ud800';

const LONG = `${'ab'.repeat(5000)}`;

const isFixed = (key: string, text: string): boolean =>
  /^[0-9a-f]{12,64}$/.test(text) ||
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ||
  ['act', 'verdict', 'kind', 'class', 'reason by', 'outcome', 'why', 'origin', 'api'].includes(
    key,
  ) ||
  ['unresolved', 'source', 'by', 'direction', 'service', 'meets', 'status'].includes(key);

/** Each text that is free to be anything is hostile, whatever it is of. */
const hostile = (value: unknown, key = ''): unknown => {
  if (typeof value === 'string') return isFixed(key, value) ? value : `${HOSTILE}${value}`;
  if (Array.isArray(value))
    return ['presumedBy', 'presumedWhole', 'sessionIdSources', 'beyond'].includes(key)
      ? value
      : value.map((one) => hostile(one, key));
  if (typeof value !== 'object' || value === null || value instanceof Set) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hostile(one, name)]));
};

const made = <Type>(value: Type): Type => hostile(value) as Type;

/** A case in which every text that comes from outside is hostile. */
export const hostileCase = (over: Partial<ExportedCase> = {}): ExportedCase => {
  const { sessions, messages, ownDomains, ...plain } = sampleCase();
  const long = sampleMessage();
  const withLong = {
    ...long,
    trace: long.trace === null ? null : { ...long.trace, subject: LONG },
  };
  return {
    ...made(plain),
    scope: made({ mailboxes: [{ guid: null, owner: 'x' }], caseMailboxes: 2 }),
    ownDomains,
    sessions: () => made([...sessions(), sampleSession({ verdict: 'mixed' })]),
    messages: () => [...made([...messages()]), withLong],
    ...over,
  };
};
