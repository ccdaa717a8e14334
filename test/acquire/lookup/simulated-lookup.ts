/** A case of the pretend tenant's records, and lookups in that tenant on its clock. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { foldTraces } from '../../../source/domain/lookups/trace-fold.ts';
import type { Message } from '../../../source/domain/exposure/message.ts';
import type { Trace, TraceRow } from '../../../source/domain/lookups/trace.ts';
import { isDraftsFolder } from '../../../source/domain/exposure/unresolved.ts';
import type { Case } from '../../../source/case/case.ts';
import type { LookupEvent } from '../../../source/acquire/lookup/lookup-order.ts';
import type { LookupStatement } from '../../../source/domain/lookups/lookup-progress.ts';
import type { LookupOrder } from '../../../source/acquire/lookup/lookup-order.ts';
import type { MessageKey } from '../../../source/domain/lookups/wanted-message.ts';
import { lookupMessages } from '../../../source/acquire/lookup/lookup.ts';
import { openCase } from '../../../source/case/case.ts';
import { type Clock, systemClock } from '../../../source/tenant/http/clock.ts';
import { NO_AUTHENTICATION_FLAGS } from '../../../source/tenant/authenticate/settings.ts';
import { startTenant, type Tenant } from '../../simulator/start-tenant.ts';
import type { TenantOptions } from '../../simulator/tenant-options.ts';
import { importInto, NOW, temporaryFolder, writeLines } from '../../import/temporary-case.ts';
import { clockOf, variablesFor } from '../authenticate/pretend-sign-in.ts';

/** The tenant's; each request moves it a little, too. */
const clockMovedBy = (tenant: Tenant): Clock => ({
  ...clockOf(tenant),
  after: (milliseconds, call) => {
    // Each request sets a limit for itself.
    tenant.clock.advance(400);
    return systemClock.after(milliseconds, call);
  },
});

const DAY = 86_400_000;

/** An order of which the messages are a list. */
export interface ListedOrder extends LookupOrder {
  readonly messages: readonly MessageKey[];
}

export interface SimulatedLookup {
  readonly tenant: Tenant;
  readonly order: ListedOrder;
  readonly theCase: (folder?: string) => Case;
  /** Of an id that is asked for by itself, in no mailbox of the case: all that the tenant has. */
  readonly traceOf: (id: string) => Trace | null;
  /** What the case must say of each message with an id, by its mailbox and id. */
  readonly truth: (order?: ListedOrder) => Readonly<Record<string, Trace | string | null>>;
  /** What it says. */
  readonly said: (order?: ListedOrder) => Readonly<Record<string, Trace | string | null>>;
}

/** All messages of the case are wanted, whatever it takes. */
export const simulatedLookup = async (
  t: Pick<TestContext, 'after'>,
  options: TenantOptions = {},
): Promise<SimulatedLookup> => {
  const tenant = await startTenant(options);
  t.after(() => tenant.stop());
  const folder = temporaryFolder(t);
  const caseFolder = join(folder, 'case');
  const lines = tenant.content.records.map(({ data }) => JSON.stringify(data));
  await importInto(caseFolder, [writeLines(folder, 'records.ndjson', lines)]);
  const theCase = (of = caseFolder): Case => {
    const opened = openCase({ folder: of, analyst: 'tester', now: () => NOW });
    t.after(() => opened.close());
    return opened;
  };
  const wanted = [...theCase().messages({})].filter(({ internetMessageId: id }) => id !== null);
  const given: ListedOrder = {
    folder: caseFolder,
    flags: NO_AUTHENTICATION_FLAGS,
    variables: variablesFor(tenant, folder),
    remember: false,
    anew: false,
    signal: new AbortController().signal,
    askHidden: null,
    clock: clockMovedBy(tenant),
    analyst: 'tester',
    messages: wanted,
    again: false,
    thorough: true,
    mailbox: false,
  };
  const nameOf = (owner: string | null, id: string | null): string => `${owner ?? ''} ${id ?? ''}`;
  return {
    tenant,
    order: given,
    theCase,
    traceOf: (id) => foldTraces(reachableRows(tenant).get(id) ?? []),
    truth: (order = given) => {
      const start = traceStart(tenant);
      const byId = reachableRows(tenant);
      return Object.fromEntries(
        wanted.filter(isWantedBy(order)).map((message) => {
          const { internetMessageId: id, mailbox, folders, firstAccess, trace: known } = message;
          const trace = foldTraces(seenOf(byId.get(id ?? '') ?? [], order));
          const isDraft = folders.length > 0 && folders.every(isDraftsFolder);
          const reason = isDraft
            ? 'draftOrNeverSent'
            : Date.parse(firstAccess) < start
              ? 'olderThanTrace'
              : 'notFound';
          return [nameOf(mailbox?.owner ?? null, id), trace ?? known ?? reason];
        }),
      );
    },
    said: (order = given) =>
      Object.fromEntries(
        [...theCase(order.folder).messages({})]
          .filter(isWantedBy(order))
          .map((one) => [
            nameOf(one.mailbox.owner, one.internetMessageId),
            one.trace ?? one.unresolved,
          ]),
      ),
  };
};

const traceStart = ({ clock }: Tenant): number => clock.now() - (clock.now() % DAY) - 90 * DAY;

/** What may be asked for now, by message id. */
const reachableRows = (tenant: Tenant): ReadonlyMap<string, readonly TraceRow[]> => {
  const byId = new Map<string, TraceRow[]>();
  for (const row of tenant.services.trace.rows) {
    const at = row.at * 1000;
    if (at < traceStart(tenant) || at > tenant.clock.now() - 300_000) continue;
    const messageId = row.messageId.slice(1, -1);
    byId.set(messageId, [...(byId.get(messageId) ?? []), fetchedRow(row, messageId)]);
  }
  return byId;
};

const isWantedBy =
  ({ messages }: ListedOrder) =>
  (message: Message): boolean =>
    messages.some(
      ({ mailbox, internetMessageId: id }) =>
        id === message.internetMessageId && mailbox?.guid === message.mailbox.guid,
    );

/**
 * Rows of an id that its lookup sees: of the traffic of the mailboxes that are read; all of them where
 * none is there, and it is asked for by itself.
 */
const seenOf = (rows: readonly TraceRow[], { messages }: ListedOrder): readonly TraceRow[] => {
  const read = new Set(messages.map(({ mailbox }) => mailbox?.owner?.toLowerCase()));
  const seen = rows.filter(
    ({ sender, recipients }) =>
      read.has(sender ?? '') || recipients.some(({ address }) => read.has(address)),
  );
  return seen.length > 0 ? seen : rows;
};

const fetchedRow = (
  row: Tenant['services']['trace']['rows'][number],
  messageId: string,
): TraceRow => ({
  source: 'fetchedTrace',
  messageId,
  networkMessageId: row.id,
  sender: row.senderAddress.toLowerCase(),
  recipients: [{ address: row.recipientAddress.toLowerCase(), status: row.status.toLowerCase() }],
  status: row.status.toLowerCase(),
  subject: row.subject,
  receivedAt: `${new Date(row.at * 1000).toISOString().slice(0, 19)}Z`,
  size: row.size,
});

/** The same order on a case of its own, as it is now. */
export const onACopy = (t: Pick<TestContext, 'after'>, order: ListedOrder): ListedOrder => {
  const folder = join(temporaryFolder(t), 'case');
  cpSync(order.folder, folder, { recursive: true });
  return { ...order, folder };
};

export const lookedUpBy = async (
  order: LookupOrder,
): Promise<{ readonly events: readonly LookupEvent[]; readonly statement: LookupStatement }> => {
  const events: LookupEvent[] = [];
  for await (const event of lookupMessages(order)) events.push(event);
  const end = events.at(-1);
  if (end?.event !== 'finished') throw new Error(`It ended so: ${JSON.stringify(end)}`);
  return { events, statement: end.statement };
};
