import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { PaneView } from '../../console/view.ts';
import { Line } from './line.tsx';

interface PaneProps {
  readonly pane: PaneView;
  readonly height: number;
}

/** A rectangle of exactly `pane.width` by `height` cells, whatever its lines say. */
export function Pane({ pane, height }: PaneProps): ReactElement {
  return (
    <Box flexDirection="column" width={pane.width} height={height} flexShrink={0}>
      {pane.lines.slice(0, height).map((line, at) => (
        <Line key={at} line={line} width={pane.width} />
      ))}
    </Box>
  );
}
