import type { Gap } from '../domain/exposure/exposure.ts';
import type { Verdict } from '../domain/sessions/session.ts';
import type { MarkRequest } from '../case/judging/marks.ts';
import type { MessageQuery, SessionQuery } from '../case/lists/list-queries.ts';
import type { FormatName } from '../exports/registry.ts';
import type { ConsoleRequest, TenantAction, AuthenticationChoice } from './tenant.ts';

/** What is to be done outside, as data; the runtime does it and answers with an event. */
export type Effect =
  | { readonly effect: 'ask-overview'; readonly number: number }
  | {
      readonly effect: 'ask-sessions';
      readonly number: number;
      readonly query: SessionQuery;
      /** The range is moved to where this session stands now, with so many rows before it. */
      readonly key: string | null;
      readonly before: number;
      /** Where the range begins without such a session. */
      readonly from: number;
      readonly count: number;
    }
  | {
      readonly effect: 'ask-messages';
      readonly number: number;
      readonly query: MessageQuery;
      /** The range is moved to where this message stands now, with so many rows before it. */
      readonly key: string | null;
      readonly before: number;
      /** Where the range begins without such a message. */
      readonly from: number;
      readonly count: number;
    }
  | { readonly effect: 'ask-contexts'; readonly number: number; readonly session: string }
  /** `keys`: of sessions or contexts. */
  | {
      readonly effect: 'ask-comparison';
      readonly number: number;
      readonly keys: readonly string[];
    }
  | {
      readonly effect: 'ask-records';
      readonly number: number;
      readonly context: string;
      readonly from: number;
      readonly count: number;
    }
  | { readonly effect: 'ask-touches'; readonly number: number; readonly message: number }
  /** Whether the list hides that session, to go to it. */
  | { readonly effect: 'find-session'; readonly query: SessionQuery; readonly key: string }
  | { readonly effect: 'ask-raw'; readonly number: number; readonly record: RecordOf }
  | {
      readonly effect: 'ask-range';
      readonly query: SessionQuery;
      readonly anchor: Range;
      readonly cursor: Range;
      readonly then: RangeUse;
    }
  | { readonly effect: 'ask-address'; readonly address: string }
  | {
      readonly effect: 'mark';
      readonly request: MarkRequest;
      /** For the status line. */
      readonly subject: string;
      /** Looked at afterwards for more open contexts from there. */
      readonly address: string | null;
      /** The row to step on from once it is judged; null: that was done. */
      readonly moveOnFrom: string | null;
      readonly confirm: 'always' | 'where-needed' | 'answered';
    }
  | { readonly effect: 'undo' | 'redo' }
  /** `rested` is to come once no movement has followed for a moment. */
  | { readonly effect: 'await-rest' }
  | {
      readonly effect: 'set-window';
      readonly mailbox: string | null;
      readonly from: string | null;
      readonly to: string | null;
      readonly reason: string | null;
    }
  | {
      readonly effect: 'rebut-gap';
      readonly mailbox: string;
      readonly gap: Pick<Gap, 'from' | 'to' | 'kind'>;
      readonly rebutted: boolean;
      readonly reason: string;
    }
  | { readonly effect: 'complete-path'; readonly text: string }
  | { readonly effect: 'import'; readonly job: number; readonly paths: readonly string[] }
  | {
      readonly effect: 'export';
      readonly job: number;
      readonly format: FormatName;
      readonly path: string;
    }
  | { readonly effect: 'load-demo'; readonly job: number }
  | { readonly effect: 'ask-tenant'; readonly then: TenantUse }
  | {
      readonly effect: 'fetch';
      readonly job: number;
      readonly request: ConsoleRequest;
      readonly authentication: AuthenticationChoice;
    }
  | {
      readonly effect: 'lookup';
      readonly job: number;
      readonly authentication: AuthenticationChoice;
      readonly mailbox: boolean;
    }
  /** Hands those of the list that were never looked up to that job, from `from` on first. */
  | {
      readonly effect: 'want-messages';
      readonly job: number;
      readonly query: MessageQuery;
      readonly from: number;
      /** Those whose lookup failed, too. */
      readonly failed: boolean;
    }
  /** Something secret is typed: it is kept outside, and handed to the job that asked. */
  | { readonly effect: 'secret-typed'; readonly text: string }
  | { readonly effect: 'secret-erased'; readonly all: boolean }
  | { readonly effect: 'secret-taken'; readonly job: number }
  /** Whoever works in the tenant next signs in anew. */
  | { readonly effect: 'forget-authentication' }
  | { readonly effect: 'cancel-job'; readonly job: number }
  | { readonly effect: 'copy'; readonly text: string; readonly what: string }
  /** Ctrl-Z and Ctrl-L, as in any program on a terminal. */
  | { readonly effect: 'suspend' | 'redraw' }
  | { readonly effect: 'leave' };

/** What is done with what is known of the tenant. */
export type TenantUse =
  /** The case was opened. */
  | { readonly use: 'offer-resume' }
  | { readonly use: 'offer-fetch' }
  /** Tenant, application and way to sign in are asked for, beginning with what is known. */
  | { readonly use: 'change-authentication' }
  | { readonly use: 'tenant-action'; readonly action: TenantAction }
  /** It is only brought up to date. */
  | { readonly use: 'refresh' }
  /** A fetch has ended so. */
  | { readonly use: 'report-growth'; readonly text: string };

export type MarkEffect = Extract<Effect, { readonly effect: 'mark' }>;

export type RangeUse =
  | 'select'
  /** The line of a group: out of the selection where all of it is in. */
  | 'toggle'
  | {
      readonly mark: Verdict | null;
      /** What the line of a group told of it. */
      readonly shown?: { readonly sessions: number; readonly records: number };
    };

/** A record by its number, or the newest one of something. */
export type RecordOf =
  | { readonly record: number }
  | { readonly session: string }
  | { readonly context: string }
  | { readonly message: number };

/** A range under way: from the anchor's row to the cursor. */
export interface Range {
  readonly key: string;
  readonly index: number;
}
