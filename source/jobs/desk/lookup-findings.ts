import { LOOKUPS_START, readLookups } from '../../store/lookup-log.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import type { Finding } from '../case-desk.ts';

/** Lines named one by one; damage to a disk seldom hits few. */
const NAMED = 5;

/**
 * lookups.jsonl, which says why messages have no metadata: each line is held to the one before. What
 * is damaged counts as never looked up.
 */
export function* lookupFindings(folder: CaseFolder): Generator<Finding> {
  const { damaged, lines, tornBytes } = readLookups(folder, LOOKUPS_START, {
    restart: () => undefined,
    take: () => undefined,
  });
  if (damaged.length > 0) {
    const named = damaged.slice(0, NAMED).join(', ');
    const more = damaged.length > NAMED ? ` and ${damaged.length - NAMED} more` : '';
    const text = `lookups.jsonl, line ${named}${more}: not what was written, or lines before it are missing; those messages count as not looked up`;
    yield { of: 'case', ok: false, text };
  }
  if (tornBytes > 0) {
    const text = `lookups.jsonl: ${tornBytes} bytes at the end are no whole line; the next look-up takes them away`;
    yield { of: 'case', ok: true, text };
  }
  if (damaged.length === 0 && lines > 0)
    yield { of: 'case', ok: true, text: `${lines} look-ups, each follows from the one before` };
}
