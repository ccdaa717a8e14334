import { fit } from '../cells.ts';
import { exposureRowUnderCursor } from '../lists/exposure-rows.ts';
import { heightOf, widthOf, type Layout } from '../layout.ts';
import { rowUnderCursor } from '../lists/paged-list.ts';
import { many } from '../words/figures.ts';
import { contextUnderCursor, topLevel } from '../lists/levels.ts';
import type { ConsoleState } from '../state.ts';
import type { Line } from '../view.ts';
import type { Fact } from '../words/facts.ts';
import { contextFacts, messageFacts, recordFacts, sessionFacts } from '../words/details.ts';
import { exposureFacts } from '../words/exposure.ts';
import { lineOf, span, titleLine } from './spans.ts';
import { breakAnywhere, wrapText } from './wrap.ts';

const NAME_WIDTH = 13;

interface Details {
  readonly title: string;
  readonly facts: readonly Fact[];
}

const NOTHING: Details = { title: '', facts: [] };

const leftDetails = (state: ConsoleState): Details => {
  const records = topLevel(state, 'records');
  const record = records === null ? undefined : rowUnderCursor(records.list);
  if (record !== undefined) return { title: 'Record', facts: recordFacts(record) };
  const contexts = topLevel(state, 'contexts');
  const context = contexts === null ? undefined : contextUnderCursor(contexts);
  if (context !== undefined) return { title: 'Context', facts: contextFacts(context) };
  const session = rowUnderCursor(state.sessions);
  return session === undefined ? NOTHING : { title: 'Session', facts: sessionFacts(session) };
};

const detailsHere = (state: ConsoleState): Details => {
  switch (state.detailsOf) {
    case 'sessions':
      return leftDetails(state);
    case 'messages': {
      const message = rowUnderCursor(state.messages);
      return message === undefined
        ? NOTHING
        : { title: 'Message', facts: messageFacts(message, state.touches.answer) };
    }
    case 'exposure': {
      const row = exposureRowUnderCursor(state);
      if (row === undefined) return NOTHING;
      return { title: row.row === 'case' ? 'Case' : 'Mailbox', facts: exposureFacts(row) };
    }
  }
};

export const factLines = ([name, value]: Fact, width: number): readonly Line[] => {
  const room = Math.max(8, width - NAME_WIDTH - 3);
  const lines = value.includes(' ') ? wrapText(value, room) : breakAnywhere(value, room);
  return lines.map((line, index) => [
    span(`  ${fit(index === 0 ? name : '', NAME_WIDTH)}`, 'dim'),
    span(line),
  ]);
};

/** All lines of the details, of which the pane shows a page. */
export const detailLines = (state: ConsoleState, layout: Layout): readonly Line[] => {
  const width = widthOf(layout, 'details') || state.size.columns;
  return detailsHere(state).facts.flatMap((fact) => factLines(fact, width));
};

export const detailsPane = (state: ConsoleState, layout: Layout): readonly Line[] => {
  const width = widthOf(layout, 'details');
  const page = heightOf(layout, 'details') - 1;
  const lines = detailLines(state, layout);
  const top = Math.min(state.detailsTop, Math.max(0, lines.length - page));
  const more = lines.length - top - page;
  const of = detailsHere(state).title;
  const title = `${of === '' ? 'Details' : `${of}, details`}${more > 0 ? `, ${many(more, 'more line')}` : ''}`;
  const focused = state.focus === 'details';
  return [
    titleLine(title, width, { focused }),
    ...(lines.length === 0 ? [lineOf('   no row here', 'dim')] : lines.slice(top, top + page)),
  ];
};
