import { Text } from 'ink';
import { memo, use, type ReactElement } from 'react';
import type { Line as LineView } from '../../console/view.ts';
import { toAscii } from '../ascii.ts';
import { cutLine } from '../cut-line.ts';
import { LookContext } from './look.ts';

interface LineProps {
  readonly line: LineView;
  readonly width: number;
}

/** One line of a pane. Remembered by its spans: a view that reuses a line costs nothing to draw again. */
export const Line = memo(function Line({ line, width }: LineProps): ReactElement {
  const { paint, unicode } = use(LookContext);
  const painted = cutLine(line, width)
    .map(({ text, tone }) => paint(unicode ? text : toAscii(text), tone))
    .join('');
  // ink gives a text without characters no height, and the lines below would move up.
  return <Text wrap="truncate-end">{painted === '' ? ' ' : painted}</Text>;
});
