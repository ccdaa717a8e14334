import type { CommandId } from '../keys/bindings.ts';
import type { Behaviour } from './action.ts';

/** What would change the case, or take something into it. */
const WRITES: ReadonlySet<CommandId> = new Set([
  ...(['mark-malicious', 'mark-benign', 'clear-verdict', 'rebut-gap', 'accept-gap'] as const),
  ...(['access-window', 'undo', 'redo', 'reason', 'import'] as const),
  ...(['fetch', 'lookup', 'lookup-mailbox', 'sign-in'] as const),
] satisfies readonly CommandId[]);

/** In a case that can only be read, what would write says why it can't, before anything else. */
export const unlessReadOnly = (id: CommandId, behaviour: Behaviour): Behaviour => {
  if (!WRITES.has(id)) return behaviour;
  return {
    ...behaviour,
    unavailable(state) {
      const why = state.overview?.readOnly ?? null;
      if (why === null) return behaviour.unavailable(state);
      return `read-only (${why}): nothing can be marked or imported here`;
    },
  };
};
