import { topicTitle } from '../../help/topic-text.ts';
import { fit } from '../cells.ts';
import { commandOf } from '../actions/commands.ts';
import {
  keysFromPane,
  menuOf,
  otherPanes,
  paletteCommands,
  paletteTopics,
} from '../actions/palette.ts';
import { topFor } from '../lists/paged-list.ts';
import { paneInFocus } from '../keys/key-context.ts';
import type { ConsoleState } from '../state.ts';
import type { Line } from '../view.ts';
import type { CommandId } from '../keys/bindings.ts';
import { MARK_WORDS } from '../words/verdicts.ts';
import { SYMBOLS } from '../symbols.ts';
import { findLine, lineOf, span, titleLine } from './spans.ts';
import { withCursor } from './list-lines.ts';
import { wrapPhrases } from './wrap.ts';

const KEYS_WIDTH = 10;
const LABEL_WIDTH = 15;
/** Lower than this, the commands need the room. */
const LEGEND_FROM = 16;

/** Why it does nothing from here, or where it does; null: Enter runs it. */
const whyNot = (state: ConsoleState, id: CommandId): string | null => {
  const panes = otherPanes(id, paneInFocus(state));
  if (panes !== null) return `works in ${panes}`;
  const pane = { ...state, dialog: null };
  const reasons = [...(menuOf(id)?.through ?? []), id].map((one) =>
    commandOf(one).unavailable(pane),
  );
  const reason = reasons.find((one) => one !== null) ?? null;
  return reason === null ? null : `not here: ${reason}`;
};

const commandLine = (state: ConsoleState, id: CommandId, cursor: boolean): Line => {
  const command = commandOf(id);
  const reason = whyNot(state, id);
  const keys = keysFromPane(id);
  const line = [
    span(cursor ? ' > ' : '   '),
    span(fit(keys, KEYS_WIDTH), reason === null ? 'key' : 'dim'),
    span(fit(command.label, LABEL_WIDTH), reason === null ? 'strong' : 'dim'),
    span(reason ?? command.description, reason === null ? 'plain' : 'dim'),
  ];
  return cursor ? withCursor(line) : line;
};

const topicLine = (topic: string, cursor: boolean): Line => {
  const line = [
    span(cursor ? ' > ' : '   '),
    span(fit('topic', KEYS_WIDTH), 'key'),
    span(fit(topic, LABEL_WIDTH), 'strong'),
    span(topicTitle(topic)),
  ];
  return cursor ? withCursor(line) : line;
};

/** The row under the cursor in full. */
const inFull = (command: CommandId | undefined, topic: string | undefined): string => {
  if (command !== undefined) return commandOf(command).description;
  return topic === undefined ? 'no command or topic has these words' : topicTitle(topic);
};

const legend = (width: number): readonly Line[] =>
  wrapPhrases(
    MARK_WORDS.map(([mark, words]) => span(`${mark} ${words.split(':')[0] ?? ''}`, 'dim')),
    ` ${SYMBOLS.dot} `,
    width - 6,
  ).map((line) => [span('   '), ...line]);

/** Help and palette in one: all commands and help topics, filtered by what is typed; Enter runs or opens one. */
export const paletteView = (
  state: ConsoleState,
  width: number,
  height: number,
): readonly Line[] => {
  const { dialog } = state;
  if (dialog?.dialog !== 'palette') return [];
  const commands = paletteCommands(state);
  const topics = paletteTopics(state);
  const marks = height < LEGEND_FROM ? [] : legend(width);
  const page = Math.max(1, height - 3 - marks.length);
  const { index, search } = dialog;
  const rows = commands.length + topics.length;
  const top = topFor(index - Math.floor(page / 2), index, rows, page);
  const title = `Commands ${commands.length}, type to filter`;
  const lineAt = (at: number): Line => {
    const command = commands[at];
    const cursor = at === index;
    return command === undefined
      ? topicLine(topics[at - commands.length] ?? '', cursor)
      : commandLine(state, command, cursor);
  };
  return [
    titleLine(title, width, { focused: true }),
    findLine(search, width),
    ...Array.from({ length: page }, (_, at) => (top + at < rows ? lineAt(top + at) : lineOf(''))),
    lineOf(`   ${inFull(commands[index], topics[index - commands.length])}`, 'accent'),
    ...marks,
  ];
};
