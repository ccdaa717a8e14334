import { EXPOSURE_CLASSES } from '../../domain/exposure/exposure-class.ts';
import {
  beyondWords,
  byRuleWords,
  figuresWords,
  headlineWords,
  outsideWords,
} from '../../domain/exposure/exposure-words.ts';
import type { ExportedCase, ExportPart } from '../exported-case.ts';
import { STATEMENT } from '../documents/summary.ts';
import { type SheetColumn, sheetOpening, sheetText } from './sheet.ts';

interface Figure {
  readonly figure: string;
  readonly value: number | null;
  readonly text: string | null;
}

const COLUMNS: readonly SheetColumn<Figure>[] = [
  { name: 'figure', cell: ({ figure }) => figure },
  { name: 'value', cell: ({ value }) => value },
  { name: 'text', cell: ({ text }) => text },
];

const number = (figure: string, value: number): Figure => ({ figure, value, text: null });
const words = (figure: string, text: string | null): readonly Figure[] =>
  text === null ? [] : [{ figure, value: null, text }];

const counts = <Name extends string>(
  figure: string,
  values: Readonly<Record<Name, number>>,
  names: readonly Name[],
): readonly Figure[] => names.map((name) => number(`${figure}.${name}`, values[name]));

const VERDICTS = ['malicious', 'benign', 'mixed', 'undecided'] as const;

const windowWords = ({ window }: ExportedCase): string =>
  window === null ? 'not stated' : `${window.from ?? '(open)'} to ${window.to ?? '(open)'}`;

const figures = function* (exported: ExportedCase): Generator<Figure> {
  const { summary } = exported;
  yield* words('statement', STATEMENT);
  yield* words('case', exported.title);
  yield* words('generatedAt', exported.generatedAt);
  yield* words('decisionsHead', exported.decisions.at(-1)?.hash ?? null);
  yield* words('accessWindow', windowWords(exported));
  yield* words('headline', headlineWords(summary.headline));
  yield* words('figures', figuresWords(summary));
  yield number('headline.maliciousMailboxes', summary.headline.maliciousMailboxes);
  yield number('headline.logMissingMailboxes', summary.headline.logMissingMailboxes);
  yield number('headline.notJudged.messages', summary.headline.notJudged.messages);
  yield number('headline.notJudged.mailboxes', summary.headline.notJudged.mailboxes);
  yield number('recorded', summary.recorded);
  yield number('namedNotBenign', summary.namedNotBenign);
  for (const one of summary.beyond)
    yield { figure: `beyond.${one.reason}`, value: one.number, text: beyondWords(one) };
  yield {
    figure: 'outsideWindow',
    value: summary.outsideWindow?.records ?? 0,
    text: outsideWords(summary),
  };
  yield { figure: 'byRule', value: summary.byRule.records, text: byRuleWords(summary) };
  yield* counts('messages', summary.messages, EXPOSURE_CLASSES);
  yield* counts('unidentified', summary.unidentified, EXPOSURE_CLASSES);
  yield number('contested', summary.contested);
  yield number('itemsMissing.records', summary.itemsMissing);
  yield number('itemsMissing.named', summary.itemsNamed);
  yield number('itemsMissing.declared', summary.itemsDeclared);
  yield* counts('sessions', summary.sessions, VERDICTS);
  yield* counts('correspondents', summary.correspondents, ['senders', 'recipients', 'outside']);
};

/** The exposure as a whole, a figure a row, with the sentence that every report carries first. */
export const summarySheet: ExportPart = {
  name: 'summary',
  fileName: 'summary.csv',
  opening: sheetOpening(COLUMNS),
  text: (exported) => sheetText(COLUMNS, figures(exported)),
};
