import type { JsonObject } from '../../domain/json.ts';
import {
  count,
  type Described,
  listOf,
  objectOf,
  oneOf,
  only,
  type Schema,
  text,
  textOrNull,
} from '../../domain/schema.ts';
import type { LookupService } from '../../domain/lookups/lookup.ts';
import type { TaskFolder } from '../../store/task-folder.ts';
import { TaskStore } from '../task/task-store.ts';

/** What a strategy asks of a service in several requests, and what becomes one source. */
const batch = objectOf({
  /** Unique in its lookup; the names of its pages begin with it. */
  name: text,
  service: oneOf('messageTrace', 'mailbox'),
  /** What is asked, in the strategy's own words: enough to go on after a crash. */
  about: { type: 'object' } as Schema<JsonObject>,
});
export type Batch = Described<typeof batch>;

/** What a lookup needs to go on after a crash, beside the manifest and the pages. */
const lookupState = objectOf({
  version: only(1),
  id: text,
  cloud: text,
  tenantId: text,
  account: text,
  clientId: text,
  analyst: text,
  /** What was answered before then is asked again; null: nothing is. */
  againSince: textOrNull,
  startedAt: text,
  endedAt: textOrNull,
  /** How many batches were begun. */
  questions: count,
  /** Those that have not ended. */
  open: listOf(batch),
});
export type LookupState = Described<typeof lookupState>;

/** null: it was never written, or is another version's. @throws Problem: it is damaged. */
export const readLookupState = (folder: TaskFolder): LookupState | null => {
  const data = folder.state();
  return data === null || data['version'] !== 1 ? null : folder.checked(data, lookupState);
};

/** State, manifest and pages of one lookup; each change is on the disk when it returns. */
export class LookupStore extends TaskStore<LookupState> {
  openBatches(service: LookupService): readonly Batch[] {
    return this.state.open.filter((one) => one.service === service);
  }

  /** Begins a batch; it is on the disk before anything is asked. */
  begin(service: LookupService, about: JsonObject): Batch {
    const number = this.state.questions + 1;
    const begun: Batch = { name: `q${number}`, service, about };
    this.change({ questions: number, open: [...this.state.open, begun] });
    return begun;
  }

  /** Its answer is in the case. */
  end({ name }: Batch): void {
    this.change({ open: this.state.open.filter((one) => one.name !== name) });
  }

  /** A kept page as text, which they are. */
  text(file: string): string {
    return Buffer.from(this.keptPage(file)?.body ?? []).toString();
  }
}
