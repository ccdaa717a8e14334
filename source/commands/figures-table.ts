import type { Summary } from '../domain/exposure/exposure.ts';
import type { Environment } from './command.ts';
import { type Column, printTable } from './table.ts';

interface Figure {
  readonly name: string;
  readonly one: number;
  readonly other: number;
}

const FIGURES: readonly (readonly [string, (summary: Summary) => number])[] = [
  ['recorded in malicious contexts', ({ recorded }) => recorded],
  ['named and not judged benign', ({ namedNotBenign }) => namedNotBenign],
  ['messages confirmed', ({ messages }) => messages.confirmed],
  ['messages presumed', ({ messages }) => messages.presumed],
  ['messages open', ({ messages }) => messages.open],
  ['messages benign only', ({ messages }) => messages.benignOnly],
  ['items without id, confirmed', ({ unidentified }) => unidentified.confirmed],
  ['items without id, presumed', ({ unidentified }) => unidentified.presumed],
  ['sessions malicious', ({ sessions }) => sessions.malicious],
  ['sessions benign', ({ sessions }) => sessions.benign],
  ['sessions mixed', ({ sessions }) => sessions.mixed],
  ['sessions open', ({ sessions }) => sessions.undecided],
  ['mailboxes with malicious access', ({ headline }) => headline.maliciousMailboxes],
  ['mailboxes with log missing', ({ headline }) => headline.logMissingMailboxes],
  [
    'mailboxes presumed whole',
    ({ mailboxes }) => mailboxes.filter(({ presumedWhole }) => presumedWhole.length > 0).length,
  ],
  [
    'folders synchronised',
    ({ mailboxes }) => mailboxes.reduce((sum, one) => sum + one.syncedFolders.length, 0),
  ],
  [
    'gaps that matter',
    ({ mailboxes }) =>
      mailboxes.flatMap(({ gaps }) => gaps.filter((gap) => gap.matters && !gap.rebutted)).length,
  ],
  ['senders', ({ correspondents }) => correspondents.senders],
  ['recipients', ({ correspondents }) => correspondents.recipients],
  ['of them outside', ({ correspondents }) => correspondents.outside],
];

const columns = (one: string, other: string): readonly Column<Figure>[] => [
  { title: 'FIGURE', cell: ({ name }) => name, whole: true },
  { title: one, cell: (figure) => figure.one, numeric: true, whole: true },
  { title: other, cell: (figure) => figure.other, numeric: true, whole: true },
  {
    title: 'CHANGE',
    cell: (figure) => {
      const change = figure.other - figure.one;
      return change === 0 ? '' : `${change > 0 ? '+' : ''}${change}`;
    },
    numeric: true,
    whole: true,
  },
];

/** The figures of two summaries side by side, under these titles. */
export const printFigures = (
  environment: Environment,
  titles: readonly [one: string, other: string],
  one: Summary,
  other: Summary,
): Promise<void> =>
  printTable(
    environment,
    columns(...titles),
    FIGURES.map(([name, of]) => ({ name, one: of(one), other: of(other) })),
  );
