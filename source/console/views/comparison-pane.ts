import {
  MOST_POINTS,
  type ComparedValue,
  type Comparison,
} from '../../domain/baseline/comparison.ts';
import {
  baselineLine,
  FIELD_WORDS,
  RATING_WORDS,
  beforeWords,
  valueWords,
} from '../../domain/baseline/comparison-words.ts';
import type { Field } from '../../domain/baseline/habit.ts';
import { sameAddressLine } from '../../domain/baseline/same-address.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { cellWidth, fit, fitLeft } from '../cells.ts';
import type { Compared, ComparisonLevel, ConsoleState } from '../state.ts';
import type { Line, Tone } from '../view.ts';
import { count, countIn } from '../words/figures.ts';
import { mailboxName, type Named, namedContext, namedSession } from '../words/people.ts';
import { subjectTitle } from './list-lines.ts';
import { lineOf, span, titleLine, titleRoom } from './spans.ts';
import { breakAnywhere, wrapText } from './wrap.ts';

const INDENT = '  ';
const FIELD = 13;
const HERE = 5;
const POINTS = 4;
/** Cells of "seen before: 1,234 records, 12 days", and of what an IPv4 address needs. */
const ENOUGH_BEFORE = 36;
const LEAST_VALUE = 15;

const TONES: Readonly<Record<ComparedValue['rating'], Tone>> = {
  new: 'warning',
  rare: 'strong',
  seenBefore: 'plain',
  notStated: 'dim',
  noBaseline: 'dim',
};

/** "new", "rare: 3 records, 1 day", "seen before: 1,234 records, 12 days". */
const beforeText = (field: Field, value: ComparedValue): string => {
  const before = value.rating === 'new' ? '' : beforeWords(field, value);
  return before === '' ? RATING_WORDS[value.rating] : `${RATING_WORDS[value.rating]}: ${before}`;
};

interface Widths {
  readonly value: number;
  readonly before: number;
}

const widthsIn = (columns: number): Widths => {
  const room = columns - INDENT.length - FIELD - HERE - POINTS - 5;
  const before = Math.min(ENOUGH_BEFORE, Math.max(room - LEAST_VALUE - 4, Math.floor(room / 2)));
  return { value: room - before, before };
};

/** In lines of that width; what has no spaces is broken anywhere, so that nothing is cut off. */
const broken = (text: string, width: number): readonly string[] =>
  text.includes(' ') ? wrapText(text, width) : breakAnywhere(text, width);

const valueLines = (
  { field, first }: { readonly field: Field; readonly first: boolean },
  compared: ComparedValue,
  widths: Widths,
): readonly Line[] => {
  const value = broken(forTerminal(valueWords(field, compared)), widths.value);
  const before = broken(beforeText(field, compared), widths.before);
  const points = compared.points === 0 ? '' : String(compared.points);
  return Array.from({ length: Math.max(value.length, before.length) }, (_, at) => [
    span(`${INDENT}${fit(first && at === 0 ? FIELD_WORDS[field] : '', FIELD)} `, 'dim'),
    span(`${fit(value[at] ?? '', widths.value)} `, TONES[compared.rating]),
    span(`${fitLeft(at === 0 ? countIn(compared.number, HERE) : '', HERE)} `, 'dim'),
    span(`${fit(before[at] ?? '', widths.before)} `, TONES[compared.rating]),
    span(fitLeft(at === 0 ? points : '', POINTS), TONES[compared.rating]),
  ]);
};

const headOf = (widths: Widths): Line =>
  lineOf(
    `${INDENT}${fit('Field', FIELD)} ${fit('This', widths.value)} ${fitLeft('Here', HERE)} ${fit('Before', widths.before)} ${fitLeft('Pts', POINTS)}`,
    'dim',
  );

const sentences = (text: string, columns: number, tone: Tone = 'plain'): readonly Line[] =>
  wrapText(text, Math.max(1, columns - 2 * INDENT.length)).map((line) =>
    lineOf(`${INDENT}${line}`, tone),
  );

/** Fields that are most unlike first. */
const comparedIn = (one: Comparison, columns: number): readonly Line[] => {
  const widths = widthsIn(columns);
  const fields = one.fields.toSorted((a, b) => b.points - a.points);
  return [
    lineOf(''),
    ...sentences(forTerminal(baselineLine(one.baseline)), columns),
    headOf(widths),
    ...fields.flatMap(({ field, values }) =>
      values.flatMap((value, at) => valueLines({ field, first: at === 0 }, value, widths)),
    ),
  ];
};

const pointsOf = ({ unlike }: Comparison): string =>
  unlike === null ? 'not known' : `${unlike} of ${MOST_POINTS} points`;

/** All lines of a comparison, of which the pane shows a page. */
export const comparisonLines = ({ found }: ComparisonLevel, columns: number): readonly Line[] => {
  if (found === null) return [];
  const { comparisons, sameAddress } = found;
  return [
    ...sameAddress.flatMap((one) =>
      sentences(forTerminal(sameAddressLine(one)), columns, 'accent'),
    ),
    ...comparisons.flatMap((one) => {
      const mailbox = `In ${mailboxName(one.mailbox)}: ${pointsOf(one)}.`;
      return [
        ...(comparisons.length > 1 ? [lineOf(''), ...sentences(mailbox, columns, 'strong')] : []),
        ...comparedIn(one, columns).slice(
          comparisons.length > 1 || sameAddress.length === 0 ? 1 : 0,
        ),
      ];
    }),
  ];
};

const namedOf = (subject: Compared): Named =>
  'session' in subject ? namedSession(subject.session) : namedContext(subject.context);

const HINT = 'A hint where to look first, never a verdict.';

/** What stays in sight however far one scrolls. */
const hintLine = ({ found }: ComparisonLevel, width: number): string => {
  if (found === null) return '';
  const [one, ...others] = found.comparisons;
  if (one === undefined) return 'Nothing is left of it.';
  const lead =
    others.length > 0 ? `${count(others.length + 1)} mailboxes.` : `How unlike: ${pointsOf(one)}.`;
  const whole = `${lead} ${HINT}`;
  return cellWidth(whole) + INDENT.length <= width ? whole : `${lead} No verdict.`;
};

/** A session or context beside the habit of each mailbox that it opened. */
export const comparisonPane = (
  state: ConsoleState,
  level: ComparisonLevel,
  width: number,
  height: number,
): readonly Line[] => {
  const lines = comparisonLines(level, state.size.columns);
  const page = height - 2;
  const top = Math.min(level.top, Math.max(0, lines.length - page));
  const below = lines.length - top - page;
  const more = below > 0 ? `, ${count(below)} more` : '';
  const title = subjectTitle('Compared: ', namedOf(level.subject), more, titleRoom(width));
  return [
    titleLine(title, width, { focused: state.focus === 'sessions' }),
    lineOf(`${INDENT}${hintLine(level, width)}`, 'accent'),
    ...lines.slice(top, top + page),
  ];
};
