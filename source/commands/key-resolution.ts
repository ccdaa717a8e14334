import { Problem } from '../domain/problem.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { CaseDesk, ResolvedKeys } from '../jobs/case-desk.ts';

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

/** All KEYs or none (`contract.md`, Commands): one that matches nothing fails, and candidates are listed. */
export const resolvedKeys = (desk: CaseDesk, keys: readonly string[]): ResolvedKeys => {
  const resolved = desk.resolveKeys(keys);
  if (resolved.missing.length === 0) return resolved;
  const names = resolved.missing.map(({ key }) => forTerminal(key)).join(', ');
  throw new Problem(
    `Nothing in the case has the key ${names}. Nothing was changed.`,
    `Candidates for ${candidateLines(resolved.missing)}\n     \`mia sessions\` lists all keys.`,
  );
};
