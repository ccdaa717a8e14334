import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type IpGroups, ipText } from '../../source/domain/addresses/ip-number.ts';
import { zeroRun } from '../../source/engines/kql-address.ts';
import { kqlQueries, kqlScript } from '../../source/engines/kql-script.ts';
import { kqlTable } from '../../source/engines/kql-tables.ts';
import { kqlText } from '../../source/engines/kql-text.ts';
import {
  ANSWER_COLUMNS,
  type RecordFilter,
  type SessionPlan,
} from '../../source/engines/session-plan.ts';
import { literalsOf, parsedKql } from './kusto.ts';

const ALL: RecordFilter = { users: [], addresses: [], mailboxes: [], since: null, until: null };
const HOSTILE = 'x"; StormEvents | take 1 // \\" \n\r\t \u0000\u001b]0;\u2028\u202e';

/** What is asked for, and what every query of it then says. */
const CASES: readonly (readonly [
  name: string,
  filter: Partial<RecordFilter>,
  says: readonly string[],
])[] = [
  ['everything', {}, []],
  [
    'a user whole',
    { users: ['G.Jacobs@contoso.example'] },
    ['mia_actor == "g.jacobs@contoso.example"', 'mia_owner == "g.jacobs@contoso.example"'],
  ],
  ['a part of a user', { users: ['Jac'] }, ['mia_actor contains_cs "jac"']],
  [
    'users are alternatives',
    { users: ['a@b', 'c@d'] },
    ['and (mia_actor == "a@b" or mia_owner == "a@b" or mia_actor == "c@d"'],
  ],
  ['an address', { addresses: ['2001:db8::1'] }, ['mia_address == "2001:db8::1"']],
  [
    'a network',
    { addresses: ['203.0.113.0/24'] },
    ['ipv4_is_in_range(mia_address, "203.0.113.0/24")'],
  ],
  [
    'a network of IPv6 holds no IPv4',
    { addresses: ['2001:db8::/32'] },
    ['(mia_address contains ":" and ipv6_is_in_range(mia_address, "2001:db8::/32"))'],
  ],
  ['a mailbox', { mailboxes: ['ABC'] }, ['mia_mailbox == "abc" or mia_owner == "abc"']],
  [
    'a period, its start in and its end out',
    { since: '2026-09-01T00:00:00Z', until: '2026-09-02T00:00:00Z' },
    [
      'mia_time >= todatetime("2026-09-01T00:00:00Z")',
      'mia_time < todatetime("2026-09-02T00:00:00Z")',
    ],
  ],
  [
    'different kinds must all match',
    { users: ['a@b'], mailboxes: ['m'] },
    ['mia_owner == "a@b") and (mia_mailbox'],
  ],
  ['hostile text', { users: [HOSTILE], mailboxes: [HOSTILE] }, []],
];
const TABLES = ['CloudAppEvents', 'officeactivity', 'Audit_CL'].map(kqlTable);
const plans = (filter: Partial<RecordFilter>): readonly SessionPlan[] => [
  { filter: { ...ALL, ...filter }, chosen: null },
  { filter: { ...ALL, ...filter }, chosen: { keys: ['0011223344556677', HOSTILE], pages: 2 } },
];

for (const [name, filter, says] of CASES)
  test(`asking for ${name}: Microsoft's parser finds no fault in any query`, () => {
    for (const table of TABLES)
      for (const plan of plans(filter))
        for (const { query, kql } of kqlQueries(plan, table)) {
          for (const part of says) assert.ok(kql.includes(part), `${query} lacks ${part}`);
          // A filter stands in one line that all queries share, and parsing takes its time.
          if (says.length > 0 && query !== 'coverage') continue;
          const { flaws, columns } = parsedKql(kql, table);
          assert.deepEqual(flaws, [], `${table.name} ${query}`);
          const wanted = table.exported ?? table.columns.map(([column]) => column);
          const fixed =
            query === 'records' || query === 'unreadable' ? wanted : ANSWER_COLUMNS[query];
          assert.deepEqual(columns, fixed, `${table.name} ${query}`);
        }
  });

test('the parser does find faults', () => {
  const [table] = TABLES;
  assert.ok(table !== undefined);
  assert.match(parsedKql('CloudAppEvents | where Tim > 3', table).flaws.join(), /KS142/);
  assert.match(parsedKql(`print "${HOSTILE}"`, table).flaws.join(), /KS/);
});

test('any text is one literal of that value', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(HOSTILE, '\\', '"', '\\"')),
      (text) => {
        const literal = kqlText(text);
        assert.doesNotMatch(literal, /(?! )[\p{C}\p{Z}]/u);
        assert.deepEqual(literalsOf(`print x = ${literal}`), [text]);
      },
    ),
  );
});

test('nothing counts by an estimate, and no query has an empty line inside', () => {
  for (const table of TABLES)
    for (const plan of plans({ users: [HOSTILE] })) {
      const queries = kqlQueries(plan, table);
      for (const { kql } of queries) {
        assert.doesNotMatch(kql, /\bdcount|\bhll|\barg_max|\btake_any|\bsample\b/);
        assert.doesNotMatch(kql, /\n\s*\n/);
      }
      const script = kqlScript(queries, table);
      assert.doesNotMatch(script, /(?![ \n])[\p{C}\p{Z}]/u);
      assert.equal(script.split('\n\n').length, queries.length + 1);
      for (const line of script.split('\n').filter((one) => one.startsWith('//')))
        assert.ok(!line.includes('StormEvents'));
    }
});

test('what cannot be read is counted first, and every page is asked for once', () => {
  const [table] = TABLES;
  assert.ok(table !== undefined);
  const named = plans({}).map((plan) =>
    kqlQueries(plan, table).map(({ query, page }) => [query, page]),
  );
  assert.deepEqual(named, [
    [
      ['coverage', null],
      ['contexts', null],
      ['unreadable', null],
    ],
    [
      ['pageSizes', null],
      ['records', 1],
      ['records', 2],
    ],
  ]);
});

test('a name that no table has is refused', () => {
  for (const name of ['', 'a b', 'T | take 1', '1a', 'a\n'])
    assert.throws(() => kqlTable(name), /no name of a table/);
});

/** The steps of `mia_ipv6`; RE2 and JavaScript read these patterns alike. */
const compressed = (groups: string): string => {
  for (const length of [8, 7, 6, 5, 4, 3, 2]) {
    const run = new RegExp(zeroRun(length));
    if (run.test(groups)) return groups.replace(run, '$1::$2');
  }
  return groups;
};

test('an IPv6 address is shortened as mia shortens it', () => {
  const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups: IpGroups) => {
      const text = ipText(groups);
      if (text.includes('.')) return;
      assert.equal(compressed(groups.map((one) => one.toString(16)).join(':')), text);
    }),
  );
});
