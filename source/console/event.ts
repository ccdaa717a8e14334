import type { SessionComparison } from '../case/case.ts';
import type { AddressReach } from '../case/judging/reach.ts';
import type {
  ContextLine,
  FoundSession,
  SessionPage,
  SessionSize,
} from '../case/lists/session-pages.ts';
import type { DecisionOutcome } from '../case/judging/judging.ts';
import type { MarkPreview } from '../case/judging/marks.ts';
import type { MessagePage } from '../case/lists/message-pages.ts';
import type { Overview } from '../case/overview.ts';
import type { Page } from '../case/lists/list-queries.ts';
import type { RawRecord, RecordLine } from '../case/lists/record-pages.ts';
import type { MessageTouches } from '../domain/exposure/message.ts';
import type { ImportEvent } from '../import/import-events.ts';
import type { FetchEvent } from '../acquire/fetch/fetch-work.ts';
import type { LookupEvent } from '../acquire/lookup/lookup-order.ts';
import type { MarkEffect, RangeUse, TenantUse } from './effect.ts';
import type { FormatName } from '../exports/registry.ts';
import type { Size } from './state.ts';
import type { TenantKnown } from './tenant.ts';

/** Something that happened outside: a key, an answer, a moment. */
export type ConsoleEvent =
  | { readonly event: 'started'; readonly paths: readonly string[] }
  | { readonly event: 'key'; readonly key: string }
  | { readonly event: 'paste'; readonly text: string }
  | { readonly event: 'resize'; readonly size: Size }
  | { readonly event: 'tick' }
  /** No movement has followed the last one for a moment. */
  | { readonly event: 'rested' }
  | { readonly event: 'case-changed' }
  | { readonly event: 'overview'; readonly number: number; readonly overview: Overview }
  | {
      readonly event: 'sessions';
      readonly number: number;
      readonly page: SessionPage;
      readonly key: string | null;
      readonly position: number | null;
    }
  | {
      readonly event: 'messages';
      readonly number: number;
      readonly page: MessagePage;
      readonly key: string | null;
      readonly position: number | null;
    }
  | {
      readonly event: 'contexts';
      readonly number: number;
      readonly contexts: readonly ContextLine[];
    }
  | {
      readonly event: 'comparison';
      readonly number: number;
      readonly found: SessionComparison;
    }
  | { readonly event: 'records'; readonly number: number; readonly page: Page<RecordLine> }
  | { readonly event: 'touches'; readonly number: number; readonly touches: MessageTouches }
  | { readonly event: 'session-found'; readonly key: string; readonly found: FoundSession }
  | { readonly event: 'raw'; readonly number: number; readonly raw: RawRecord | null }
  /** A question could not be answered: without this the list would wait for ever. */
  | { readonly event: 'unanswered'; readonly number: number; readonly problem: string }
  | {
      readonly event: 'range';
      readonly sessions: readonly SessionSize[];
      readonly then: RangeUse;
      /** Rows between anchor and cursor when the key was pressed. */
      readonly expected: number;
    }
  | { readonly event: 'address'; readonly reach: AddressReach }
  | {
      readonly event: 'marked';
      readonly subject: string;
      readonly outcome: DecisionOutcome;
      readonly openAtAddress: number;
      readonly moveOnFrom: string | null;
    }
  /** It was not made: first something is to be asked. */
  | { readonly event: 'mark-previewed'; readonly mark: MarkEffect; readonly preview: MarkPreview }
  | { readonly event: 'undone' | 'redone'; readonly outcome: DecisionOutcome | null }
  | { readonly event: 'window-set'; readonly outcome: DecisionOutcome }
  | { readonly event: 'gap-rebutted'; readonly outcome: DecisionOutcome }
  | { readonly event: 'completed'; readonly text: string; readonly offers: readonly string[] }
  | { readonly event: 'import'; readonly job: number; readonly jobEvent: ImportEvent }
  | {
      readonly event: 'exported';
      readonly job: number;
      readonly format: FormatName;
      readonly files: readonly string[];
    }
  | { readonly event: 'demo-loaded'; readonly job: number }
  | { readonly event: 'tenant'; readonly known: TenantKnown; readonly then: TenantUse }
  | { readonly event: 'fetch'; readonly job: number; readonly jobEvent: FetchEvent }
  | { readonly event: 'lookup'; readonly job: number; readonly jobEvent: LookupEvent }
  | {
      readonly event: 'wanted';
      readonly job: number;
      readonly messages: number;
      readonly more: boolean;
    }
  | { readonly event: 'secret-asked'; readonly job: number; readonly question: string }
  | { readonly event: 'job-cancelled'; readonly job: number }
  | { readonly event: 'job-failed'; readonly job: number; readonly problem: string }
  | { readonly event: 'copied'; readonly what: string; readonly how: string }
  | { readonly event: 'problem'; readonly problem: string };

/** The event of that name. */
export type EventOf<Name extends ConsoleEvent['event']> = Extract<ConsoleEvent, { event: Name }>;
