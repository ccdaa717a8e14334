import { fetchFigures, inTenant, recentDay } from './pretend-tenant.ts';

/** Few: the tenant allows 100 traces in five minutes, and each mailbox takes 14 or more. */
const MAILBOXES = 5;

interface FetchDocument {
  readonly fetches: readonly { readonly outcome: string; readonly records: number }[];
}

/** The whole tenant fetched into a case of its own. */
export const fetchBench = (mia: string, folder: string, rows: number): AsyncGenerator<string> => {
  const size = { rows, mailboxes: MAILBOXES, mailCount: rows / MAILBOXES, from: recentDay() };
  return inTenant(mia, folder, size, function* (run) {
    const fetched = run('fetch');
    const [fetch] = (JSON.parse(fetched.output) as FetchDocument).fetches;
    yield `fetch    ${fetchFigures(fetched)}, ${fetch?.records} records, ${fetch?.outcome}`;
  });
};
