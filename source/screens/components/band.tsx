import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { Band as BandView } from '../../console/view.ts';
import { Pane } from './pane.tsx';

/** Panes side by side. */
export function Band({ band }: { readonly band: BandView }): ReactElement {
  return (
    <Box flexDirection="row" height={band.height} flexShrink={0}>
      {band.panes.map((pane) => (
        <Pane key={pane.name} pane={pane} height={band.height} />
      ))}
    </Box>
  );
}
