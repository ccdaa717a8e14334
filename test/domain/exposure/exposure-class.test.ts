/** The rule of exposure against `domain.md`, and SQL against the rule. */
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import {
  classOf,
  EXPOSURE_CLASSES,
  type ExposureClass,
  FACT,
  type FactName,
  isContested,
  openBecause,
  presumedBy,
} from '../../../source/domain/exposure/exposure-class.ts';
import { CLASS_JOINS, CLASS_SQL } from '../../../source/store/queries/class-sql.ts';

const bitsOf = (names: readonly FactName[]): number =>
  names.reduce((bits, name) => bits | FACT[name], 0);

/**
 * Written by hand from domain.md. "any": whatever else holds. The rows above a row come first, so
 * that every one of the 128 combinations is decided by exactly one.
 */
const BY_HAND: readonly { readonly holds: readonly FactName[]; readonly is: ExposureClass }[] = [
  // "confirmed (in a malicious context)": nothing takes that away.
  { holds: ['malicious'], is: 'confirmed' },
  // "presumed (not confirmed, but in a folder synchronised, a mailbox presumed whole, or a gap that matters)"
  { holds: ['syncedFolder'], is: 'presumed' },
  { holds: ['mailboxSynced'], is: 'presumed' },
  { holds: ['mailboxGap'], is: 'presumed' },
  // "open (in any undecided context, or a repeat would not be logged)"
  { holds: ['undecided'], is: 'open' },
  { holds: ['repeat'], is: 'open' },
  // "contested: it leaves the first figure and stays in the second"
  { holds: ['contested'], is: 'open' },
  // In benign contexts alone: a rebutted gap and a rebutted Sync leave no fact behind.
  { holds: [], is: 'benignOnly' },
];

const NAMES = Object.keys(FACT) as readonly FactName[];
const COMBINATIONS = Array.from({ length: 2 ** NAMES.length }, (_, bits) => bits);

const expected = (facts: number): ExposureClass =>
  BY_HAND.find(({ holds }) => (facts & bitsOf(holds)) === bitsOf(holds))?.is ??
  assert.fail('the table decides every combination');

test('each of the 128 combinations of facts has the class that domain.md gives it', () => {
  assert.equal(COMBINATIONS.length, 128);
  for (const facts of COMBINATIONS) assert.equal(classOf(facts), expected(facts), String(facts));
});

test('SQLite gives each combination the class that the domain gives it', (t) => {
  const db = new DatabaseSync(':memory:');
  t.after(() => db.close());
  db.exec(`CREATE TABLE messages (message INTEGER, mailbox INTEGER);
    CREATE TABLE message_facts (message INTEGER, facts INTEGER);
    CREATE TABLE presumed_whole (mailbox INTEGER, facts INTEGER);
    CREATE TABLE folder_exposed (message INTEGER)`);
  const insert = (sql: string, ...values: readonly number[]) => db.prepare(sql).run(...values);
  const ofMailbox = FACT.mailboxSynced | FACT.mailboxGap;
  for (const facts of COMBINATIONS) {
    insert('INSERT INTO messages VALUES (?, ?)', facts, facts);
    const own = facts & ~ofMailbox & ~FACT.syncedFolder;
    // Nothing judged is not written down.
    if (own !== FACT.undecided) insert('INSERT INTO message_facts VALUES (?, ?)', facts, own);
    if ((facts & ofMailbox) !== 0)
      insert('INSERT INTO presumed_whole VALUES (?, ?)', facts, facts & ofMailbox);
    if ((facts & FACT.syncedFolder) !== 0) insert('INSERT INTO folder_exposed VALUES (?)', facts);
  }
  const rows = db.prepare(`SELECT m.message, ${CLASS_SQL} AS class FROM messages m ${CLASS_JOINS}`);
  for (const row of rows.all())
    assert.equal(
      EXPOSURE_CLASSES[Number(row['class'])],
      expected(Number(row['message'])),
      String(row['message']),
    );
});

test('why a message is presumed: all reasons, the strongest first', () => {
  assert.deepEqual(presumedBy(bitsOf(['mailboxGap', 'syncedFolder', 'mailboxSynced'])), [
    'folder',
    'sync',
    'gap',
  ]);
  assert.deepEqual(presumedBy(bitsOf(['undecided', 'mailboxGap'])), ['gap']);
  assert.deepEqual(presumedBy(bitsOf(['malicious', 'mailboxGap'])), []);
  assert.deepEqual(presumedBy(bitsOf(['undecided'])), []);
});

test('why a message is open, and what is contested', () => {
  assert.equal(openBecause(bitsOf(['undecided', 'repeat'])), 'undecided');
  assert.equal(openBecause(bitsOf(['repeat'])), 'repeat');
  assert.equal(openBecause(bitsOf(['contested', 'repeat'])), 'contested');
  assert.equal(openBecause(bitsOf(['mailboxGap', 'repeat'])), null);
  assert.equal(openBecause(0), null);
  assert.equal(isContested(bitsOf(['contested', 'undecided'])), true);
  assert.equal(isContested(bitsOf(['contested', 'malicious'])), false, 'another record settles it');
});
