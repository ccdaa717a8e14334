import type { AuditRecord } from './audit-record.ts';
import { readEvent } from '../events/read-event.ts';
import type { SideEvent } from '../events/side-event.ts';
import { isObject, type JsonObject } from '../json.ts';
import { tracesOfOperation } from './operation-trace.ts';
import { readRecord } from './read-record.ts';
import { costsItems, type RowContent, type RowDate } from './row.ts';
import type { SignIn } from '../sessions/sign-in.ts';
import type { SourceOrigin } from './source.ts';
import type { TraceRow } from '../lookups/trace.ts';
import { utcIso } from '../utc-time.ts';

/** What a row says, as far as its file alone can tell (`domain.md` 1). */
export type RowReading =
  | {
      readonly read: 'record';
      readonly record: AuditRecord;
      /** What its container had lost of it, in words. */
      readonly losses: readonly string[];
      /** Subjects that the record itself carries. */
      readonly traces: readonly TraceRow[];
    }
  | {
      readonly read: 'sideEvent';
      readonly event: SideEvent;
      /** Subjects that the record itself carries. */
      readonly traces: readonly TraceRow[];
    }
  | {
      readonly read: 'otherOperation';
      readonly traces: readonly TraceRow[];
      /** Why it is counted here although its operation is kept; null: it is not. */
      readonly warning: string | null;
    }
  | { readonly read: 'traces'; readonly traces: readonly TraceRow[] }
  | { readonly read: 'signIn'; readonly signIn: SignIn }
  | {
      readonly read: 'damaged';
      readonly reason: string;
      /** UTC ISO where anything says when it was. */
      readonly time: string | null;
    };

/** The schema allows a Subject in items; looked for first, since hardly any record has one. */
const carriesSubjects = (data: JsonObject): boolean => {
  if (isObject(data['Item']) && 'Subject' in data['Item']) return true;
  const folders = data['Folders'];
  if (!Array.isArray(folders)) return false;
  return folders.some((folder) => {
    const items = isObject(folder) ? folder['FolderItems'] : null;
    return Array.isArray(items) && items.some((item) => isObject(item) && 'Subject' in item);
  });
};

/** Fetched and exported traces look alike; they rank differently (`bestSource`). */
const asFetched = (trace: TraceRow): TraceRow =>
  trace.source === 'importedTrace' ? { ...trace, source: 'fetchedTrace' } : trace;

const SHOWN = 40;

/** Why a date gave no time; null where it gave one or there is none. */
const whyUndated = (date: RowDate | undefined): string | null => {
  if (date === undefined || date.doubt === null) return null;
  const such = JSON.stringify(date.text.slice(0, SHOWN));
  switch (date.doubt) {
    case 'order':
      return `no time: nothing proves whether ${such} has the day or the month first`;
    case 'zone':
      return `no time: ${such} is local time of a zone that the file does not state`;
    case 'unreadable':
      return `no time: ${such} could not be read as a date`;
  }
};

export const readRow = (content: RowContent, origin: SourceOrigin = 'given'): RowReading => {
  if (content.kind === 'damaged')
    return { read: 'damaged', reason: content.reason, time: utcIso(content.time ?? '') };
  if (content.kind === 'signIns') return { read: 'signIn', signIn: content.signIn };
  if (content.kind === 'trace') {
    const { traces } = content;
    if (traces.length === 0) return { read: 'otherOperation', traces, warning: null };
    return { read: 'traces', traces: origin === 'fetched' ? traces.map(asFetched) : traces };
  }
  const { auditData, envelope, losses } = content;
  const hints = {
    id: envelope.id,
    time: envelope.time === null ? null : utcIso(envelope.time),
    itemsLost: costsItems(losses),
    whyUndated: whyUndated(content.date),
  };
  const reading = readRecord(auditData, hints);
  switch (reading.kind) {
    case 'damaged':
      return { read: 'damaged', reason: reading.reason, time: reading.time };
    case 'otherOperation': {
      const traces = tracesOfOperation(auditData);
      const side = readEvent(auditData, hints);
      return side.event === null
        ? { read: 'otherOperation', traces, warning: side.reason }
        : { read: 'sideEvent', event: side.event, traces };
    }
    case 'record': {
      const traces = carriesSubjects(auditData) ? tracesOfOperation(auditData) : [];
      return { read: 'record', record: reading.record, losses, traces };
    }
  }
};
