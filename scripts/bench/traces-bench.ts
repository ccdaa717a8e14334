import { traceRows } from '../../test/simulator/trace/trace-rows.ts';
import { planCase } from '../generator/case.ts';
import {
  fetchFigures,
  inTenant,
  recentDay,
  type RunInTenant,
  type TenantSize,
} from './pretend-tenant.ts';

/** Each takes 40 of the 90 requests that five minutes allow, so that pages are what is measured. */
const MAILBOXES = 2;
/** Messages for a row: of the mail of 160 days, a quarter lies in the reach of the trace and was traced. */
const MAIL_PER_ROW = 2;
const DAY = 86_400_000;

interface Documents {
  readonly fetch: { readonly fetches: readonly { readonly records: number }[] };
  readonly sources: {
    readonly sources: readonly { readonly kind: string; readonly rows: number }[];
  };
  readonly messages: {
    readonly messages: readonly {
      readonly internetMessageId: string | null;
      readonly trace: object | null;
    }[];
  };
}

const told = <Name extends keyof Documents>(
  run: RunInTenant,
  name: Name,
  ...words: readonly string[]
): Documents[Name] => JSON.parse(run(name, ...words).output) as Documents[Name];

/** Ids of which the tenant has a trace that can be asked for. */
const tracedIds = (size: TenantSize): ReadonlySet<string> => {
  const plan = planCase({ seed: 1, ...size });
  const start = (Date.now() - (Date.now() % DAY) - 90 * DAY) / 1000;
  const rows = traceRows(plan, 0.7).filter(({ at }) => at >= start);
  return new Set(rows.map(({ messageId }) => messageId.slice(1, -1)));
};

/** How many messages have metadata, and in how many the case is wrong about that. */
const judged = ({ messages }: Documents['messages'], traced: ReadonlySet<string>): string => {
  let [have, wrong] = [0, 0];
  for (const { internetMessageId: id, trace } of messages) {
    if (trace !== null) have += 1;
    if ((trace !== null) !== traced.has(id ?? '')) wrong += 1;
  }
  return `${have} of ${messages.length} messages have metadata, wrong about ${wrong}`;
};

/**
 * A tenant fetched, all of it judged malicious, and then the metadata of its messages looked up, which
 * is what is measured. At the pace that the tenant asks for, which no option changes: some ten minutes.
 */
export const tracesBench = (mia: string, folder: string, rows: number): AsyncGenerator<string> => {
  const mailCount = (rows * MAIL_PER_ROW) / MAILBOXES;
  const size = { rows, mailboxes: MAILBOXES, mailCount, from: recentDay() };
  return inTenant(mia, folder, size, function* (run) {
    run('fetch');
    for (const everybody of ['0.0.0.0/0', '::/0'])
      run('mark', '--malicious', '--even-service-addresses', '--ip', everybody);
    const looked = run('trace', '--fetch');
    const traces = told(run, 'sources').sources.filter(({ kind }) => kind === 'trace');
    const came = traces.reduce((sum, source) => sum + source.rows, 0);
    yield `traces   ${fetchFigures(looked)}, ${came} rows of message trace`;
    yield `         ${judged(told(run, 'messages', '--class', 'confirmed'), tracedIds(size))}`;
  });
};
