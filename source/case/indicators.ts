import { parse } from 'csv-parse/sync';
import {
  type Indicator,
  type IndicatorMatch,
  indicatorProblem,
  Indicators,
  type MetBy,
} from '../domain/indicators/indicator.ts';
import { indicatedContexts } from '../store/queries/indicated-contexts.ts';
import type { CaseStore } from '../store/case-store.ts';

/** Names of columns, in lower case, in lists that come with a header. */
const VALUE_COLUMNS = ['indicator', 'value', 'ioc', 'observable', 'ip', 'address', 'ip address'];
const NOTE_COLUMNS = ['note', 'notes', 'comment', 'comments', 'description', 'context'];

export interface ReadIndicators {
  readonly indicators: readonly Indicator[];
  /** Lines that give no indicator, and why. */
  readonly problems: readonly { readonly line: number; readonly reason: string }[];
}

/** Undoes what keeps an indicator from being clicked: 203[.]0[.]113[.]9. */
const refanged = (text: string): string => text.replace(/\[(\.|:)\]|\((\.)\)/g, '$1$2').trim();

interface ParsedLine {
  readonly cells: readonly string[];
  /** 1-based. */
  readonly line: number;
}

const parsed = (text: string, delimiter: string[]): readonly ParsedLine[] => {
  const lines: ParsedLine[] = [];
  parse(text, {
    bom: true,
    comment: '#',
    comment_no_infix: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    delimiter,
    on_record: (cells: string[], { lines: line }) => {
      lines.push({ cells, line });
      return null;
    },
  });
  return lines;
};

const columnOf = (header: readonly string[], names: readonly string[]): number =>
  header.findIndex((cell) => names.includes(cell.toLowerCase()));

/**
 * Indicators from a text: one a line, or CSV with a header; a note follows the first comma or tab. What
 * holds a comma itself stands in quotes. Lines that begin with # are left out.
 */
export const readIndicators = (text: string): ReadIndicators => {
  const [header] = parsed(text.slice(0, text.search(/[\r\n]|$/)), [',', '\t', ';']);
  const valueAt = header === undefined ? -1 : columnOf(header.cells, VALUE_COLUMNS);
  const hasHeader = valueAt >= 0;
  const noteAt = hasHeader ? columnOf(header?.cells ?? [], NOTE_COLUMNS) : 1;
  // Without a header a semicolon may be part of a client string.
  const lines = parsed(text, hasHeader ? [',', '\t', ';'] : [',', '\t']);
  const indicators = new Map<string, Indicator>();
  const problems: { line: number; reason: string }[] = [];
  for (const { cells, line } of hasHeader ? lines.slice(1) : lines) {
    const value = refanged(cells[hasHeader ? valueAt : 0] ?? '');
    const reason = indicatorProblem(value);
    if (reason !== null) problems.push({ line, reason });
    else if (!indicators.has(value.toLowerCase()))
      indicators.set(value.toLowerCase(), { text: value, note: cells[noteAt] ?? '' });
  }
  return { indicators: [...indicators.values()], problems };
};

export interface MetIndicators {
  /** In the order of the indicators; those that meet nothing too. */
  readonly matches: readonly IndicatorMatch[];
  /** Keys of the contexts that any of them meets and that are not judged yet. */
  readonly open: readonly string[];
}

/** Holds indicators against every context of the case; the case must be refreshed. */
export const meetIndicators = (
  open: CaseStore,
  indicators: readonly Indicator[],
): MetIndicators => {
  const found = new Map(
    indicators.map((indicator) => [
      indicator,
      {
        by: new Set<MetBy>(),
        sessions: new Set<string>(),
        contexts: { malicious: 0, benign: 0, open: 0 },
      },
    ]),
  );
  const unjudged: string[] = [];
  const prepared = new Indicators(indicators);
  for (const context of indicatedContexts(open.db)) {
    const met = prepared.metBy(context);
    if (met.length > 0 && context.verdict === null) unjudged.push(context.key);
    for (const [indicator, by] of met) {
      const match = found.get(indicator);
      if (match === undefined) continue;
      for (const one of by) match.by.add(one);
      match.sessions.add(context.session);
      match.contexts[context.verdict ?? 'open'] += 1;
    }
  }
  return {
    matches: [...found].map(([indicator, { by, sessions, contexts }]) => ({
      ...{ indicator, by: [...by], sessions: sessions.size, contexts },
    })),
    open: unjudged,
  };
};
