import type { Random } from './random.ts';

const THINGS = [
  'Wire transfer details',
  'Salary review 2026 (confidential)',
  'Passport scan',
  'Invoice 2026-0417',
  'Board minutes, draft',
  'Offerte levering Q4',
  'Réunion de lundi',
  'Prüfbericht Halle 3',
  'Contrato firmado',
  'Password reset for the customer portal',
  'Insurance claim, medical report',
  'New bank account for payments',
  'Lunch on Friday?',
  '会议纪要',
  // Text from a record is hostile: what a spreadsheet, a terminal or a browser might run.
  '=HYPERLINK("https://evil.example","Invoice")',
  '\u001b[2J\u001b[31mred alert\u0007',
  '<script>alert(1)</script>',
  'Quoted "twice", with, commas; and semicolons',
  '\u202Egpj.tnemyaP',
];
const PREFIXES = ['', '', '', 'RE: ', 'Fwd: ', 'AW: ', 'TR : '];

export const subjectOf = (random: Random): string =>
  `${random.pick(PREFIXES)}${random.pick(THINGS)}`;
