import { networkOf } from '../addresses/address.ts';
import type { Context } from '../sessions/session.ts';

/** What of a session is held beside the owner's habit (`domain.md`, Telling the intruder from the owner). */
export const FIELDS = [
  'address',
  'network',
  'client',
  'application',
  'device',
  'logonType',
  'hour',
  'weekday',
  'folder',
  'pace',
] as const;
export type Field = (typeof FIELDS)[number];

/** Fields whose value is read off a record's context and time. */
export type RecordField = Exclude<Field, 'folder' | 'pace'>;

/** Records of one context within one hour. */
export interface HourOfAccess {
  /** Number of the session. */
  readonly session: number;
  readonly context: Pick<
    Context,
    'address' | 'client' | 'appId' | 'clientAppId' | 'deviceId' | 'logonType'
  >;
  /** Hours since 1970, UTC. */
  readonly hour: number;
  readonly records: number;
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 4;

/** Days since 1970, UTC. */
const dayOf = (hour: number): number => Math.floor(hour / 24);

const weekdayOf = (hour: number): string =>
  WEEKDAYS[(((dayOf(hour) + FIRST_WEEKDAY) % 7) + 7) % 7] ?? '';

/** The value of a field as it is counted; null: the record does not state it. */
export const valueOf = (field: RecordField, { context, hour }: HourOfAccess): string | null => {
  switch (field) {
    case 'address':
      return context.address;
    case 'network':
      return context.address === null ? null : networkOf(context.address);
    case 'client':
      return context.client;
    case 'application':
      return (context.clientAppId ?? context.appId)?.toLowerCase() ?? null;
    case 'device':
      return context.deviceId?.toLowerCase() ?? null;
    case 'logonType':
      return context.logonType === null ? null : String(context.logonType);
    case 'hour':
      return `${String(((hour % 24) + 24) % 24).padStart(2, '0')}:00`;
    case 'weekday':
      return weekdayOf(hour);
  }
};

/** How often a value was seen before. */
export interface SeenBefore {
  readonly records: number;
  readonly sessions: number;
  readonly days: number;
}

interface Seen {
  records: number;
  readonly sessions: Set<number>;
  readonly days: Set<number>;
}

const newSeen = (): Seen => ({ records: 0, sessions: new Set(), days: new Set() });

const add = (seen: Seen, { session, hour, records }: HourOfAccess): void => {
  seen.records += records;
  seen.sessions.add(session);
  seen.days.add(dayOf(hour));
};

const shown = ({ records, sessions, days }: Seen): SeenBefore => ({
  records,
  sessions: sessions.size,
  days: days.size,
});

const RECORD_FIELDS: readonly RecordField[] = FIELDS.filter(
  (field) => field !== 'folder' && field !== 'pace',
);

/** What was seen of a mailbox, counted by field and value. */
export class Habit {
  readonly #all = newSeen();
  readonly #values = new Map<RecordField, Map<string | null, Seen>>(
    RECORD_FIELDS.map((field) => [field, new Map()]),
  );

  constructor(hours: Iterable<HourOfAccess>) {
    for (const one of hours) {
      add(this.#all, one);
      for (const [field, values] of this.#values) {
        const value = valueOf(field, one);
        let seen = values.get(value);
        if (seen === undefined) values.set(value, (seen = newSeen()));
        add(seen, one);
      }
    }
  }

  get total(): SeenBefore {
    return shown(this.#all);
  }

  seen(field: RecordField, value: string | null): SeenBefore {
    return shown(this.#values.get(field)?.get(value) ?? newSeen());
  }

  /** Values of a field with their numbers, most records first. */
  values(field: RecordField): readonly (readonly [value: string | null, SeenBefore])[] {
    return [...(this.#values.get(field) ?? [])]
      .map(([value, seen]) => [value, shown(seen)] as const)
      .sort(([, a], [, b]) => b.records - a.records);
  }
}
