import type { Source, Warning } from '../domain/records/source.ts';
import { fetchJson } from '../exports/documents/fetch.ts';
import { pastLookupJson } from '../exports/documents/lookup.ts';
import { sourceJson, warningJson } from '../exports/documents/source.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { Case } from '../case/case.ts';
import { withCase } from './case-choice.ts';
import type { Command } from './command.ts';
import { statementLines } from '../domain/fetches/fetch-words.ts';
import { pastLookupLines } from '../domain/lookups/lookup-words.ts';
import { OUTCOME_COLUMNS } from './import-report.ts';
import { note, printDocument, printLines, wantsJson } from './report.ts';
import { type Column, printTable } from './table.ts';

const COLUMNS: readonly Column<Source>[] = [
  { title: 'SOURCE', cell: ({ id }) => id, whole: true },
  { title: 'KIND', cell: ({ kind }) => kind, spare: 7 },
  { title: 'FILE', cell: ({ file }) => file, tail: true },
  { title: 'FORMAT', cell: ({ format }) => format, spare: 8 },
  ...OUTCOME_COLUMNS,
  { title: 'IMPORTED', cell: ({ importedAt }) => importedAt, whole: true, spare: 9 },
  {
    title: 'STATE',
    cell: ({ withdrawn, kept }) =>
      withdrawn !== null ? `withdrawn ${withdrawn.at}` : kept ? 'kept' : 'bytes not kept',
    spare: 5,
  },
];

const allWarnings = function* (theCase: Case): Generator<Warning> {
  for (const { id } of theCase.sources()) yield* theCase.warnings(id);
};

export const sources: Command = {
  name: 'sources',
  summary: 'lists what was read',
  argumentsLine: '',
  details:
    'Every file imported, withdrawn ones too, with the outcomes of its rows; they add up to ROWS. For\n' +
    'every fetch and lookup, what came and what is missing of it.',
  flags: ['json'],
  examples: ['mia sources --json'],
  run: (invocation) =>
    withCase(invocation, async (theCase) => {
      const { environment } = invocation;
      const list = theCase.sources();
      if (wantsJson(invocation)) {
        const warnings = allWarnings(theCase);
        await printDocument(environment, 'mia.sources/2', [
          ['sources', { list: list.map(sourceJson) }],
          [
            'warnings',
            {
              list: (function* () {
                for (const one of warnings) yield warningJson(one);
              })(),
            },
          ],
          ['fetches', { list: theCase.fetches().map(fetchJson) }],
          ['lookUps', { list: theCase.lookups().map(pastLookupJson) }],
        ]);
        return 0;
      }
      await printTable(environment, COLUMNS, list);
      await printLines(
        environment,
        theCase.fetches().flatMap((one) => statementLines(one)),
      );
      await printLines(environment, theCase.lookups().flatMap(pastLookupLines));
      for (const { id } of list)
        for (const { file, reason } of theCase.warnings(id, 'file'))
          note(environment, `${forTerminal(file)}: ${forTerminal(reason)}`);
      const withdrawn = list.filter((source) => source.withdrawn !== null).map(({ id }) => id);
      if (withdrawn.length > 0) note(environment, `Withdrawn: ${withdrawn.join(', ')}`);
      if (list.length === 0) note(environment, 'Nothing was imported yet. Try: mia import FILE');
      return 0;
    }),
};
