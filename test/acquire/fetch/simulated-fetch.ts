/** A fetch from the pretend tenant, on its clock. */
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { FetchStatement } from '../../../source/domain/fetches/fetch.ts';
import type { FetchEvent } from '../../../source/acquire/fetch/fetch-work.ts';
import { type FetchOrder, fetchRecords } from '../../../source/acquire/fetch/fetch-records.ts';
import { NO_AUTHENTICATION_FLAGS } from '../../../source/tenant/authenticate/settings.ts';
import { startTenant, type Tenant } from '../../simulator/start-tenant.ts';
import type { TenantOptions } from '../../simulator/tenant-options.ts';
import { digestOf, importInto, temporaryFolder, writeLines } from '../../import/temporary-case.ts';
import { clockOf, variablesFor } from '../authenticate/pretend-sign-in.ts';

export interface SimulatedFetch {
  readonly tenant: Tenant;
  readonly folder: string;
  readonly order: FetchOrder;
  /** What the case must say, by an import of the same records: only those that `keep` lets through. */
  readonly expected: (
    keep?: (id: string) => boolean,
    /** Of mailboxes alone, as the search gives them; or all of Exchange, as the feed does. */
    of?: 'accesses' | 'exchange',
  ) => Promise<string>;
}

/** What a case says of these records and no others, by their lines: many a test fetches the same. */
const truths = new Map<string, Promise<string>>();

const imported = async (t: TestContext, lines: readonly string[]): Promise<string> => {
  const folder = temporaryFolder(t);
  const truth = join(folder, 'truth');
  await importInto(truth, [writeLines(folder, 'truth.ndjson', lines)]);
  return digestOf(truth);
};

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** The whole tenant is asked for, over the whole time of its case. */
export const simulatedFetch = async (
  t: TestContext,
  options: TenantOptions = {},
): Promise<SimulatedFetch> => {
  const tenant = await startTenant(options);
  t.after(() => tenant.stop());
  const folder = temporaryFolder(t);
  const { plan, records } = tenant.content;
  const order: FetchOrder = {
    folder: join(folder, 'case'),
    flags: NO_AUTHENTICATION_FLAGS,
    variables: variablesFor(tenant, folder),
    remember: false,
    anew: false,
    signal: new AbortController().signal,
    askHidden: null,
    clock: clockOf(tenant),
    analyst: 'tester',
    request: {
      request: 'new',
      api: null,
      asked: {
        ...{ users: [], mailboxes: [], addresses: [] },
        from: iso(plan.start),
        to: iso(plan.start + (plan.days + 1) * 86_400),
      },
    },
  };
  return {
    tenant,
    folder,
    order,
    expected: async (keep = () => true, of = 'accesses') => {
      const accesses = records.filter(
        ({ id, data }) =>
          keep(id) &&
          (of === 'exchange'
            ? data['Workload'] === 'Exchange'
            : data['Operation'] === 'MailItemsAccessed'),
      );
      const lines = accesses.map(({ data }) => JSON.stringify(data));
      const text = lines.join('\n');
      const known = truths.get(text) ?? imported(t, lines);
      truths.set(text, known);
      return known;
    },
  };
};

export const fetchedBy = async (
  order: FetchOrder,
): Promise<{ readonly events: readonly FetchEvent[]; readonly statement: FetchStatement }> => {
  const events: FetchEvent[] = [];
  for await (const event of fetchRecords(order)) events.push(event);
  const end = events.at(-1);
  const statement = end?.event === 'finished' ? end.statements[0] : undefined;
  if (statement === undefined) throw new Error(`It ended so: ${JSON.stringify(end)}`);
  return { events, statement };
};
