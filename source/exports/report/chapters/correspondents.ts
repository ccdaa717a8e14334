import { counted } from '../../../domain/count-words.ts';
import type { Correspondent } from '../../../domain/people/correspondents.ts';
import { cutText, spanText } from '../cell-text.ts';
import { rowsOf, tableOf } from '../listed-rows.ts';
import type { ReportInput } from '../report-input.ts';
import { type Block, type Cell, type Chapter, paragraph } from '../report.ts';

const PEOPLE_COLUMNS = [
  { name: 'Address' },
  { name: 'Side' },
  { name: 'Confirmed', as: 'number' },
  { name: 'Presumed', as: 'number' },
  { name: 'As sender', as: 'number' },
  { name: 'As recipient', as: 'number' },
  { name: 'Recorded access, malicious contexts (UTC)' },
] as const;

const DOMAIN_COLUMNS = [
  { name: 'Domain' },
  { name: 'Side' },
  { name: 'Correspondents', as: 'number' },
] as const;

const side = ({ inside }: { readonly inside: boolean }): string => (inside ? 'inside' : 'outside');

const personRow = (person: Correspondent): readonly Cell[] => [
  cutText(person.address),
  side(person),
  person.confirmed,
  person.presumed,
  person.sent,
  person.received,
  person.intruderFirst === null || person.intruderLast === null
    ? 'none: presumed only'
    : spanText(person.intruderFirst, person.intruderLast),
];

const blocks = function* ({ exported: { summary }, mail, command }: ReportInput): Generator<Block> {
  const { senders, recipients, outside } = summary.correspondents;
  const all = command('mia export --format csv --sheet people');
  const unknown = Object.values(summary.exposedTrace.unresolved).reduce((sum, one) => sum + one, 0);
  yield paragraph(
    'Whom the confirmed and presumed mail was from and to. They are correspondents, not yet the people the mail is about: that takes a review of the content.',
  );
  yield paragraph(
    `${counted(senders, 'sender')}, ${counted(recipients, 'recipient')}; ${outside.toLocaleString('en')} outside the organisation. ` +
      (unknown === 0
        ? ''
        : `${counted(unknown, 'exposed message')} without metadata ${unknown === 1 ? 'names' : 'name'} nobody here.`),
  );
  yield { block: 'again', commands: [command("mia summary --json | jq '.correspondents'"), all] };
  yield tableOf(
    'Domains',
    DOMAIN_COLUMNS,
    rowsOf(mail.domains, (one) => [cutText(one.domain), side(one), one.correspondents]),
    { all, empty: 'No domain is known.' },
  );
  yield tableOf(
    'Correspondents, those of confirmed messages first',
    PEOPLE_COLUMNS,
    rowsOf(mail.people, personRow),
    {
      all,
      empty: 'No correspondent is known.',
    },
  );
};

/** Who wrote the exposed mail, and to whom. */
export const correspondentsChapter = (input: ReportInput): Chapter => ({
  id: 'correspondents',
  title: 'Correspondents',
  blocks: () => blocks(input),
});
