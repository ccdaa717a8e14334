import type { Source } from '../../domain/records/source.ts';
import { firstOf } from './cell-text.ts';

/** What a form of export cannot carry, by the name of its format; of forms not named nothing is known. */
export const FORMAT_LIMITS: Readonly<Record<string, string>> = {
  'sentinel-officeactivity-csv':
    'carries no count of items; session ids only where AppAccessContext holds one',
  'sentinel-officeactivity-json':
    'carries no count of items; session ids only where AppAccessContext holds one',
  'auditdata-parsed-csv': 'its export lost nested fields: items, and with them message ids',
  'hawk-simple-csv':
    'flattened, with the columns of its first row: later records may have lost items',
  'hawk-simple-json': 'flattened: records may have lost items',
  'search-mailboxauditlog-csv': 'an older log with a form of its own, and fewer fields',
  'defender-cloudappevents-csv': 'reaches back 30 days; deep fields may be cut',
  'defender-cloudappevents-json': 'reaches back 30 days; deep fields may be cut',
  'splunk-csv': 'long records may be cut',
  'message-trace-csv': 'message trace reaches back 90 days',
  'message-trace-v2-csv': 'message trace reaches back 90 days',
  'message-trace-json': 'message trace reaches back 90 days',
  'graph-message-trace': 'message trace reaches back 90 days',
  'historical-search-summary': 'reaches back 90 days; subjects are cut at 256 characters',
  'historical-search-extended': 'reaches back 90 days',
};

/** A line for each form of source that is in the case and has limits of its own. */
export const sourceLimits = (sources: readonly Source[]): readonly string[] => {
  const files = new Map<string, string[]>();
  for (const { format, file, withdrawn } of sources) {
    if (withdrawn !== null || FORMAT_LIMITS[format] === undefined) continue;
    files.set(format, [...(files.get(format) ?? []), file]);
  }
  return [...files].map(
    ([format, names]) => `${firstOf(names, 5).join(', ')} (${format}): ${FORMAT_LIMITS[format]}.`,
  );
};
