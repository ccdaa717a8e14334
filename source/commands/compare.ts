import type { ComparedField, ComparedValue, Comparison } from '../domain/baseline/comparison.ts';
import {
  baselineLine,
  beforeWords,
  FIELD_WORDS,
  RATING_WORDS,
  unlikeLine,
  valueWords,
} from '../domain/baseline/comparison-words.ts';
import { sameAddressLine } from '../domain/baseline/same-address.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { comparisonJson, sameAddressJson } from '../exports/documents/comparison.ts';
import { withCase } from './case-choice.ts';
import type { Command, Environment } from './command.ts';
import { foundByKeys } from './key-resolution.ts';
import { printDocument, printLines, valueMembers, wantsJson } from './report.ts';
import { type Column, printTable } from './table.ts';
import { UsageError } from './usage-error.ts';

interface Row {
  readonly field: ComparedField['field'];
  readonly value: ComparedValue;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'FIELD', cell: ({ field }) => FIELD_WORDS[field], whole: true },
  { title: 'THIS', cell: ({ field, value }) => valueWords(field, value) },
  { title: 'RECORDS', cell: ({ value }) => value.number, numeric: true, spare: 2 },
  { title: 'IS', cell: ({ value }) => RATING_WORDS[value.rating], whole: true },
  { title: 'BEFORE', cell: ({ field, value }) => beforeWords(field, value), spare: 1 },
  { title: 'POINTS', cell: ({ value }) => (value.points === 0 ? '' : value.points), whole: true },
];

const printComparison = async (environment: Environment, one: Comparison): Promise<void> => {
  const owner = forTerminal(one.mailbox.owner ?? one.mailbox.guid ?? '(mailbox not stated)');
  await printLines(environment, [
    `Beside the habit in ${owner}`,
    baselineLine(one.baseline),
    unlikeLine(one),
  ]);
  const rows = one.fields.flatMap(({ field, values }) => values.map((value) => ({ field, value })));
  await printTable(environment, COLUMNS, rows);
};

export const compare: Command = {
  name: 'compare',
  summary: 'holds sessions beside the habit of the mailbox, field by field',
  argumentsLine: 'KEY…',
  details:
    'What of these sessions or contexts is new, rare or seen before in each mailbox they opened: address,\n' +
    'network, client, application, device, logon type, hours, weekdays, folders, pace. The habit is what is\n' +
    'judged benign, else everything before the access window, else all other sessions; what is malicious\n' +
    'is never part of it. Points order what to look at first. They are no verdict and stay out of reports.',
  flags: ['json'],
  examples: ['mia compare KEY', 'mia compare KEY --json'],
  run: (invocation) => {
    const { environment, input } = invocation;
    if (input.length === 0)
      throw new UsageError('A KEY is needed.', '`mia sessions` lists the keys.');
    return withCase(invocation, async (theCase) => {
      const found = theCase.compare(foundByKeys(theCase, input));
      if (wantsJson(invocation)) {
        const document = {
          comparisons: found.comparisons.map(comparisonJson),
          sameAddress: found.sameAddress.map(sameAddressJson),
        };
        await printDocument(environment, 'mia.compare/1', valueMembers(document));
        return 0;
      }
      for (const one of found.comparisons) await printComparison(environment, one);
      await printLines(
        environment,
        found.sameAddress.map((one) => forTerminal(sameAddressLine(one))),
      );
      return 0;
    });
  },
};
