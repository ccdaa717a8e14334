import type { CsvHead } from './csv/csv-head.ts';
import type { JsonHead } from './json/json-head.ts';

/** So many names are enough to know one's own file again. */
const NAMES = 12;

const listed = (names: readonly string[]): string => {
  const shown = names.slice(0, NAMES).map((name) => JSON.stringify(name.slice(0, 60)));
  const more = names.length > NAMES ? `, and ${names.length - NAMES} more` : '';
  return `${shown.join(', ')}${more}`;
};

/** Two dozen formats after each of many files would bury what is wrong with them. */
const KNOWN =
  'No audit log, message trace or sign-in log looks like that; the README lists what is read.';

/** Says what was found in a file that no format claims. `whole`: all of it was looked at. */
export const unrecognised = (
  csv: CsvHead | null,
  json: JsonHead | null,
  whole: boolean,
): string => {
  if (json !== null) {
    const { first } = json;
    if (first === null) {
      return json.broken || !whole
        ? `not recognised: JSON of which no record could be read. ${KNOWN}`
        : 'the file is JSON with no records in it; export again, and check that the search had finished';
    }
    const keys = Object.keys(first);
    const found = keys.length === 0 ? 'JSON without keys' : `JSON with the keys ${listed(keys)}`;
    return `not recognised: ${found}. ${KNOWN}`;
  }
  if (csv !== null)
    return `not recognised: a table with the columns ${listed(csv.header)}. ${KNOWN}`;
  return `not recognised: text that is neither CSV with a header nor JSON. ${KNOWN}`;
};
