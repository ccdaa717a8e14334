import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { ScreenView } from '../../console/view.ts';
import { Band } from './band.tsx';

/** A whole frame: bands from top to bottom, never larger than the view says. */
export function Screen({ view }: { readonly view: ScreenView }): ReactElement {
  return (
    <Box flexDirection="column" width={view.columns} height={view.rows}>
      {view.bands.map((band, at) => (
        <Band key={at} band={band} />
      ))}
    </Box>
  );
}
