import { Problem } from '../domain/problem.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { Case, ResolvedKeys } from '../case/case.ts';

/** More candidates than this help nobody to choose. */
const CANDIDATES_SHOWN = 10;

const candidateLines = (missing: ResolvedKeys['missing']): string =>
  missing
    .map(({ key, candidates }) => {
      const shown = candidates.slice(0, CANDIDATES_SHOWN).map(forTerminal);
      const more = candidates.length - shown.length;
      const list = shown.length === 0 ? 'nothing is near it' : shown.join(', ');
      return `${forTerminal(key)}: ${list}${more > 0 ? `, and ${more} more` : ''}`;
    })
    .join('\n       ');

const refuseMissing = (missing: ResolvedKeys['missing']): void => {
  if (missing.length === 0) return;
  const names = missing.map(({ key }) => forTerminal(key)).join(', ');
  const others = missing.filter(({ isOtherId }) => isOtherId);
  throw new Problem(
    `${others.length === missing.length ? 'No session has the id' : 'Nothing in the case has the key'} ${names}. Nothing was changed.`,
    `${
      others.length === 0
        ? ''
        : 'Some records state it beside the id that decides their session: name those sessions by their keys.\n     '
    }Candidates for ${candidateLines(missing)}\n     \`mia sessions\` lists all keys.`,
  );
};

/**
 * For what changes something: all KEYs or none (`contract.md`, Commands).
 * @throws Problem where one matches nothing, with candidates. An id that records only state beside that
 * of their session matches nothing: it does not decide.
 */
export const resolvedKeys = (theCase: Case, keys: readonly string[]): ResolvedKeys => {
  const resolved = theCase.resolveKeys(keys);
  refuseMissing(resolved.missing);
  return resolved;
};

/**
 * For what only lists: a record is found by any session id that it states.
 * @throws Problem where a KEY matches nothing.
 */
export const foundByKeys = (theCase: Case, keys: readonly string[]): readonly string[] => {
  const { sessions, contexts, kin, missing } = theCase.resolveKeys(keys);
  refuseMissing(missing.filter(({ isOtherId }) => !isOtherId));
  return [...new Set([...sessions, ...kin, ...contexts])];
};
