import type { Access, TouchedItem } from './access.ts';
import { recordTime } from './access.ts';
import type { Loss } from './loss.ts';

/** What is counted alike for a session and for a context. */
export interface FiguresTruth {
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly recordIds: ReadonlySet<string>;
  readonly binds: number;
  readonly syncs: number;
  /** Sum of OperationCount. */
  readonly operations: number;
  readonly throttled: number;
  readonly itemsMissing: number;
  /** `mailbox guid` + space + message id, without brackets. */
  readonly messages: ReadonlySet<string>;
  /** `mailbox guid` + space + item id, of items without a message id. */
  readonly unidentified: ReadonlySet<string>;
  /** `mailbox guid` + space + folder id. */
  readonly syncedFolders: ReadonlySet<string>;
}

/** Counts one access after another. */
export class Figures implements FiguresTruth {
  firstSeen = '';
  lastSeen = '';
  recordIds = new Set<string>();
  binds = 0;
  syncs = 0;
  operations = 0;
  throttled = 0;
  itemsMissing = 0;
  messages = new Set<string>();
  unidentified = new Set<string>();
  syncedFolders = new Set<string>();

  add(access: Access, lost: ReadonlySet<Loss>, listed: readonly TouchedItem[]): void {
    const time = `${recordTime(access.at)}Z`;
    if (this.firstSeen === '' || time < this.firstSeen) this.firstSeen = time;
    if (time > this.lastSeen) this.lastSeen = time;
    this.recordIds.add(access.id);
    if (access.throttled && !lost.has('OperationProperties')) this.throttled += 1;
    const { guid } = access.mailbox;
    if (access.what.type === 'sync') {
      this.syncs += 1;
      this.syncedFolders.add(`${guid} ${access.what.folder.id}`);
      return;
    }
    const { declared } = access.what;
    this.binds += 1;
    if (!lost.has('OperationCount')) this.operations += declared;
    if (lost.has('items') || (declared > listed.length && !lost.has('OperationCount')))
      this.itemsMissing += 1;
    for (const { mail } of listed)
      if (mail.unidentified) this.unidentified.add(`${guid} ${mail.itemId}`);
      else this.messages.add(`${guid} ${mail.messageId}`);
  }
}
