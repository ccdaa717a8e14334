import {
  type MessageKey,
  type WantedMessage,
  wantedKey,
} from '../../domain/lookups/wanted-message.ts';
import { Problem } from '../../domain/problem.ts';
import { analystOf } from '../../store/analyst.ts';
import { readCaseFile } from '../../store/case-file.ts';
import { type CaseFolder, LOCKS } from '../../store/case-folder.ts';
import { noteOwnApplication } from '../../store/own-applications.ts';
import { LookupStatus } from '../../store/queries/lookup-status.ts';
import { openRecords } from '../../store/records/open-records.ts';
import type { TenantClient } from '../../tenant/client.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { requireMail } from '../../tenant/mailbox/mail-permission.ts';
import type { TenantOrder } from '../authenticate/connect-tenant.ts';
import { earlyEndOf, runTask } from '../task/run-task.ts';
import { newTaskFolder, TaskStore } from '../task/task-store.ts';
import { saveMailbox } from './save-mailbox.ts';
import {
  type SaveContext,
  type SaveEvent,
  type SaveReport,
  type SaveState,
  SaveWork,
} from './save-work.ts';
import { SavedFolder } from './saved-folder.ts';
import { inOrder } from './saved-manifest.ts';
import { SavedSoFar } from './saved-so-far.ts';

export interface SaveOrder extends TenantOrder {
  /** Messages of the case, each with its mailbox. */
  readonly messages: readonly MessageKey[];
  /** The folder they go to. */
  readonly out: string;
  readonly analyst: string | null;
  readonly toolVersion: string;
}

const resolved = (
  folder: CaseFolder,
  keys: readonly MessageKey[],
): ReadonlyMap<string, WantedMessage> => {
  const db = openRecords(folder.records);
  try {
    const status = new LookupStatus(db);
    const messages = keys.flatMap((key) => status.resolve(key));
    return new Map(messages.map((message) => [wantedKey(message), message]));
  } finally {
    db.close();
  }
};

const byMailbox = (messages: Iterable<WantedMessage>): readonly (readonly WantedMessage[])[] => {
  const groups = new Map<string | null, WantedMessage[]>();
  for (const message of messages) {
    const group = groups.get(message.mailbox) ?? [];
    groups.set(message.mailbox, group);
    group.push(message);
  }
  return [...groups.values()];
};

/** One run, from what is there already to the manifest, which is written however it ends. */
class SaveRun {
  readonly #order: SaveOrder;
  readonly #context: SaveContext;
  readonly #folder: SavedFolder;
  readonly #soFar: SavedSoFar;
  readonly #wanted: ReadonlyMap<string, WantedMessage>;
  readonly #before: ReadonlySet<string>;
  #work: SaveWork | null = null;
  #client: TenantClient | null = null;

  constructor(order: SaveOrder, context: SaveContext) {
    this.#order = order;
    this.#context = context;
    this.#folder = SavedFolder.open(order.out);
    this.#soFar = new SavedSoFar(this.#folder);
    this.#wanted = resolved(context.folder, order.messages);
    this.#before = new Set([...this.#wanted.keys()].filter((key) => this.#soFar.isSaved(key)));
  }

  get #now(): string {
    return isoTime(this.#context.clock.now());
  }

  get #analyst(): string {
    return analystOf(this.#order.analyst, readCaseFile(this.#context.folder).analyst);
  }

  async run(): Promise<void> {
    const open = [...this.#wanted].flatMap(([key, message]) =>
      this.#before.has(key) ? [] : [message],
    );
    this.#folder.note([{ entry: 'run', at: this.#now }]);
    if (open.length === 0) return;
    const { folder, emit, note, connect } = this.#context;
    const messages = { all: this.#wanted.size, done: this.#before.size };
    const none = { ...messages, files: 0, bytes: 0, wait: null };
    emit({ event: 'progress', progress: { step: 'signingIn', ...none } });
    const client = await connect();
    this.#client = client;
    const groups = byMailbox(open);
    for (const owner of groups.flatMap(([first]) => first?.owner ?? []))
      requireMail(client, 'messages', owner);
    noteOwnApplication(folder, client.clientId);
    note(
      `Messages are read whole in the mailboxes. That leaves MailItemsAccessed records of its own, by the application ${client.clientId}; the case marks them as such.`,
    );
    const saved = { folder: this.#folder, soFar: this.#soFar };
    const work = new SaveWork(this.#context, client, this.#begun(client), saved, messages);
    this.#work = work;
    for (const group of groups) await this.#save(work, group);
  }

  #begun({ tenantId, clientId, account }: TenantClient): TaskStore<SaveState> {
    const { folder } = this.#context;
    const state: SaveState = {
      ...{ version: 1, tenantId, clientId, account: account.name, analyst: this.#analyst },
      ...{ startedAt: this.#now, folder: this.#folder.path },
    };
    const store = new TaskStore(newTaskFolder(folder, 'saved'), state, folder);
    store.change({});
    return store;
  }

  async #save(work: SaveWork, group: readonly WantedMessage[]): Promise<void> {
    if (group[0]?.owner != null) return saveMailbox(work, group);
    const detail = 'the log does not say whose mailbox it is';
    for (const message of group)
      work.missed(wantedKey(message), message, { reason: 'failed', detail });
    work.done(group.length);
  }

  /** What it came to, with the manifests written. */
  report(): SaveReport {
    this.#folder.dropParts();
    this.#work?.flush();
    const { title } = readCaseFile(this.#context.folder);
    const manifest = inOrder({
      by: {
        generatedAt: this.#now,
        toolVersion: this.#order.toolVersion,
        case: title,
        analyst: this.#analyst,
        tenantId: this.#client?.tenantId ?? null,
        account: this.#client?.account.name ?? null,
        clientId: this.#client?.clientId ?? null,
      },
      files: this.#soFar.files,
      missed: this.#soFar.missed,
    });
    this.#folder.describe(manifest);
    const { files, bytes } = this.#work?.written ?? { files: 0, bytes: 0 };
    const counts = { saved: 0, notFound: 0, failed: 0, open: 0 };
    for (const key of this.#wanted.keys())
      if (!this.#before.has(key)) counts[this.#soFar.endOf(key)] += 1;
    return {
      asked: this.#wanted.size,
      before: this.#before.size,
      ...counts,
      ...{ files, bytes, folder: this.#folder.path, manifest },
    };
  }
}

/**
 * `mia save-messages`: saves messages of the case as .eml, every copy of each. Ends in exactly one of
 * finished, cancelled, failed. Whatever ends it early, and however: asked again, it goes on, and what
 * is there and is what it was is not asked for. Leaving early cancels it.
 */
export const saveMessages = (order: SaveOrder): AsyncGenerator<SaveEvent> =>
  runTask({
    order,
    lock: LOCKS.save,
    busy: new Problem('Another program saves messages of this case.', 'Wait for it, or end it.'),
    async run(context) {
      const run = new SaveRun(order, context);
      try {
        await run.run();
      } catch (error) {
        const end = earlyEndOf(error, context.signal);
        if (end === null) throw error;
        return { ...end, report: run.report() };
      }
      return { event: 'finished', report: run.report() };
    },
    kept: (): { readonly report: SaveReport | null } => ({ report: null }),
  });
