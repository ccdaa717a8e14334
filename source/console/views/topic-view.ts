import { topicText } from '../../help/topic-text.ts';
import type { TopicDialog } from '../dialog.ts';
import type { Line } from '../view.ts';
import { count } from '../words/figures.ts';
import { lineOf, titleLine } from './spans.ts';
import { breakAnywhere } from './wrap.ts';

const INDENT = '   ';

/** A help topic in lines of a pane of that width; a word that is longer than a line is broken. */
export const topicLines = (topic: string, width: number): readonly string[] => {
  const room = Math.max(1, width - 2 * INDENT.length);
  return (topicText(topic, room) ?? []).flatMap((line) => breakAnywhere(line, room));
};

/** A help topic, as `mia help TOPIC` prints it, from the line scrolled to. */
export const topicView = (
  { topic, top }: TopicDialog,
  width: number,
  height: number,
): readonly Line[] => {
  const lines = topicLines(topic, width);
  // A terminal that has grown since shows its last page.
  const from = Math.max(0, Math.min(top, lines.length - height + 1));
  const shown = lines.slice(from, from + height - 1);
  const title = `Help: ${topic}, lines ${count(from + 1)} to ${count(from + shown.length)} of ${count(lines.length)}`;
  return [
    titleLine(title, width, { focused: true }),
    ...shown.map((line) => lineOf(`${INDENT}${line}`)),
  ];
};
