import type { ConsoleState } from '../state.ts';
import { keyOf } from '../keys/bindings.ts';

/** Why nothing can be asked of the records: the case has told nothing of itself, or holds none. */
export const noCase = ({ overview }: ConsoleState): string | null => {
  if (overview === null) return 'the case is not open yet';
  return overview.span === null
    ? `there are no records yet: ${keyOf('import')} imports some`
    : null;
};
