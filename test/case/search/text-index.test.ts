import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TextIndex } from '../../../source/case/search/text-index.ts';

const TEXTS = {
  wire: 'Wire transfer details anna.berger@fabrikam.example <a1b2@fabrikam.example> Inbox',
  reply: 'RE: Wire transfer details g.jacobs@zuiderlicht.example <c3d4@zuiderlicht.example> Sent',
  salary:
    'Salary review (confidential) m.visser@zuiderlicht.example <e5@zuiderlicht.example> Inbox',
  scan: 'Passport scan of the chief mate crew@northwind.example <g7h8@northwind.example> Inbox',
  visas:
    'Passports and visas, as the embassy wants them crew@northwind.example <i9@x.example> Inbox',
  paid: 'Invoice 2026-0417 billing@adatum.example <k1l2@adatum.example> Archive',
  overdue: 'Invoice 2026-0418 overdue billing@adatum.example <m3n4@adatum.example> Inbox',
  monday: 'Réunion de lundi, ordre du jour quai@fabrikam.example <o5p6@fabrikam.example> Réception',
  report: 'Prüfbericht Halle 3 technik@adatum.example <q7r8@adatum.example> Posteingang',
  minutes: '会议纪要 office@northwind.example <s9t0@northwind.example> 收件箱',
  bank: 'New bank account for payments anna.berger@fabrikam.example <u1@fabrikam.example> Drafts',
  lunch: 'Lunch on Friday? canteen@zuiderlicht.example <w3x4@zuiderlicht.example> Inbox',
} as const;
const NAMES = Object.keys(TEXTS);

const found = (query: string): string => {
  const index = new TextIndex();
  for (const [row, text] of Object.values(TEXTS).entries()) index.add(row, text);
  return Array.from(index.search(query, Int32Array.from(NAMES.keys())), (row) => NAMES[row]).join(
    ' ',
  );
};

/** What is searched for, and what is found of it, best first. */
const EXPECTED: { readonly [query: string]: string } = {
  // One and two letters, as typed.
  q: 'report monday',
  议: 'minutes',
  a1: 'wire',
  // Whole words and parts of them; the shorter text first where both have it.
  wire: 'wire reply',
  passport: 'scan visas',
  '2026-0417': 'paid',
  'anna.berger@fabrikam.example': 'wire bank',
  k1l2: 'paid',
  // All words, in any order.
  'wire anna': 'wire',
  'bank berger': 'bank',
  'invoice 0418': 'overdue',
  // Accents and capitals, on either side.
  reunion: 'monday',
  RÉUNION: 'monday',
  prufbericht: 'report',
  会议纪要: 'minutes',
  // A letter missing, one too many, another one, two exchanged.
  pasport: 'scan visas',
  sallary: 'salary',
  salery: 'salary',
  salray: 'salary',
  invioce: 'paid overdue',
  lnuch: 'lunch',
  sacn: 'scan',
  prüfberciht: 'report',
  会意纪要: 'minutes',
  'scna passport': 'scan',
  // Two in a long word, and one in each of two.
  confidnetail: 'salary',
  'confidental reveiw': 'salary',
  // Nothing like it.
  zq: '',
  zzzz: '',
  'salary embassy': '',
  'wire pasport': '',
};

describe('search in texts', () => {
  for (const [query, rows] of Object.entries(EXPECTED))
    it(`finds ${rows === '' ? 'nothing' : rows} for ${query}`, () => {
      assert.equal(found(query), rows);
    });

  it('finds the same whether a query was typed letter by letter or not', () => {
    const index = new TextIndex();
    for (const [row, text] of Object.values(TEXTS).entries()) index.add(row, text);
    const all = Int32Array.from(NAMES.keys());
    for (const query of ['passport scan', 'invioce', 'wire anna'])
      for (let typed = 1; typed <= query.length; typed += 1) {
        const rows = index.search(query.slice(0, typed), all);
        assert.equal(Array.from(rows, (row) => NAMES[row]).join(' '), found(query.slice(0, typed)));
      }
  });

  it('knows rows by their numbers, whichever are left out', () => {
    const index = new TextIndex();
    index.add(3, 'apple');
    index.add(7, 'apple pie');
    assert.deepEqual([...index.search('apple', Int32Array.of(7, 3))], [3, 7]);
    assert.deepEqual([...index.search('aplpe', Int32Array.of(7))], [7]);
  });
});
