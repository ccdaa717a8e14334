import { endOfLookups, LOOKUPS_START, readLookups, UNREAD } from '../../store/lookup-log.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import type { Finding } from './finding.ts';
import { AFFIRM } from './decision-findings.ts';

/** Lines named one by one; damage to a disk seldom hits few. */
const NAMED = 5;

/**
 * lookups.jsonl, which says why messages have no metadata: each line is held to the one before. What
 * is damaged counts as never looked up.
 */
export function* lookupFindings(folder: CaseFolder): Generator<Finding> {
  const reading = readLookups(folder, LOOKUPS_START, UNREAD);
  const { damaged, lines, tornBytes } = reading;
  const end = endOfLookups(folder, reading);
  if (end?.ok === true) yield { of: 'case', ok: true, note: true, text: end.text };
  else if (end !== null) yield { of: 'case', ok: false, text: `${end.text}. ${AFFIRM}` };
  if (damaged.length > 0) {
    const named = damaged.slice(0, NAMED).join(', ');
    const more = damaged.length > NAMED ? ` and ${damaged.length - NAMED} more` : '';
    const text = `lookups.jsonl, line ${named}${more}: not what was written, or lines before it are missing; those messages count as not looked up`;
    yield { of: 'case', ok: false, text };
  }
  if (tornBytes > 0) {
    const text = `lookups.jsonl: ${tornBytes} bytes at the end are no whole line; the next lookup takes them away`;
    yield { of: 'case', ok: true, text };
  }
  if (damaged.length === 0 && lines > 0 && end === null)
    yield { of: 'case', ok: true, text: `${lines} lookups, each follows from the one before` };
}
