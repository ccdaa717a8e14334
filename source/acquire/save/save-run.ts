import { randomBytes } from 'node:crypto';
import {
  type MessageKey,
  type WantedMessage,
  wantedKey,
} from '../../domain/lookups/wanted-message.ts';
import { readCaseFile } from '../../store/case-file.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { TaskFolder } from '../../store/task-folder.ts';
import { noteOwnApplication } from '../../store/own-applications.ts';
import { LookupStatus } from '../../store/queries/lookup-status.ts';
import { openRecords } from '../../store/records/open-records.ts';
import type { TenantClient } from '../../tenant/client.ts';
import { isoTime, systemClock } from '../../tenant/http/clock.ts';
import { requireMail } from '../../tenant/mailbox/mail-permission.ts';
import { analystOf } from '../../store/analyst.ts';
import { connectTenant, type TenantOrder } from '../authenticate/connect-tenant.ts';
import type { SaveEvent, SaveReport } from './save-events.ts';
import { saveMailbox } from './save-mailbox.ts';
import { SaveWork } from './save-work.ts';
import { SavedFolder } from './saved-folder.ts';
import { inOrder } from './saved-manifest.ts';
import { SavedSoFar } from './saved-so-far.ts';

export interface SaveOrder extends Omit<TenantOrder, 'onNotice'> {
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
export class SaveRun {
  readonly #order: SaveOrder;
  readonly #case: CaseFolder;
  readonly #emit: (event: SaveEvent) => void;
  readonly #folder: SavedFolder;
  readonly #soFar: SavedSoFar;
  readonly #wanted: ReadonlyMap<string, WantedMessage>;
  readonly #before: ReadonlySet<string>;
  #work: SaveWork | null = null;
  #client: TenantClient | null = null;

  constructor(order: SaveOrder, folder: CaseFolder, emit: (event: SaveEvent) => void) {
    this.#order = order;
    this.#case = folder;
    this.#emit = emit;
    this.#folder = SavedFolder.open(order.out);
    this.#soFar = new SavedSoFar(this.#folder);
    this.#wanted = resolved(folder, order.messages);
    this.#before = new Set([...this.#wanted.keys()].filter((key) => this.#soFar.isSaved(key)));
  }

  get #analyst(): string {
    return analystOf(this.#order.analyst, readCaseFile(this.#case).analyst);
  }

  async run(signal: AbortSignal): Promise<void> {
    const open = [...this.#wanted].flatMap(([key, message]) =>
      this.#before.has(key) ? [] : [message],
    );
    this.#folder.note([{ entry: 'run', at: isoTime((this.#order.clock ?? systemClock).now()) }]);
    if (open.length === 0) return;
    const all = this.#wanted.size;
    const none = { done: this.#before.size, all, files: 0, bytes: 0, wait: null };
    this.#emit({ event: 'progress', progress: { step: 'signingIn', ...none } });
    const { client, clock } = await connectTenant({
      ...this.#order,
      signal,
      onNotice: (notice) => this.#emit({ event: 'notice', notice }),
    });
    this.#client = client;
    const groups = byMailbox(open);
    for (const owner of groups.flatMap(([first]) => first?.owner ?? []))
      requireMail(client, 'messages', owner);
    noteOwnApplication(this.#case, client.clientId);
    this.#emit({
      event: 'note',
      text: `Messages are read whole in the mailboxes. That leaves MailItemsAccessed records of its own, by the application ${client.clientId}; the case marks them as such.`,
    });
    const requests = new TaskFolder(this.#case, randomBytes(4).toString('hex'), 'saved');
    requests.create(this.#case);
    const { tenantId, clientId, account } = client;
    requests.keepState({
      ...{ version: 1, tenantId, clientId, account: account.name, analyst: this.#analyst },
      ...{ startedAt: isoTime(clock.now()), folder: this.#folder.path },
    });
    const parts = { client, clock, signal, folder: this.#folder, soFar: this.#soFar, requests };
    const work = new SaveWork(parts, all, this.#emit);
    this.#work = work;
    work.done(this.#before.size);
    for (const group of groups) await this.#save(work, group);
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
    const { title } = readCaseFile(this.#case);
    const manifest = inOrder({
      by: {
        generatedAt: isoTime((this.#order.clock ?? systemClock).now()),
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
