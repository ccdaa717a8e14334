/** A tenant one is signed in to: what the jobs that fetch, trace and look up ask. */
import type { AuditRoot } from '../domain/fetches/fetch-query.ts';
import type { AbilityName, AccountKind } from './abilities.ts';
import type { Cloud } from './clouds.ts';
import type { TenantAnswer } from './http/tenant-requests.ts';
import type { BucketName, Wait } from './http/waiting.ts';

export interface TenantAccount {
  readonly kind: AccountKind;
  /** A user's name, or the client id. */
  readonly name: string;
}

export interface AskOptions {
  readonly bucket: BucketName;
  /** Ends the request wherever it is: waiting, on its way, or between two attempts. */
  readonly signal: AbortSignal;
  /** `management`: the Management Activity API; graph unless said. */
  readonly service?: 'graph' | 'management';
  /**
   * Ends a wait, and no request on its way, with the reason it is aborted with: a WaitGivenUp. Aborted
   * already, it ends the next wait before it begins.
   */
  readonly giveUpWaiting?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** Says what it waits for and until when; nothing is said when the wait is over. */
  readonly onWait?: (wait: Wait) => void;
  /** Milliseconds for one attempt; 100 s unless said. */
  readonly timeout?: number;
  /** Bytes that the answer may have at most; 64 MiB unless said. Beyond: refused as `too-large`. */
  readonly most?: number;
  /**
   * Whether an answer is what was asked for, as a proxy's page of HTML under 200 is not: such is asked
   * for again, then refused as `unreadable`; all are unless said.
   */
  readonly isReadable?: (body: Uint8Array) => boolean;
  /** Milliseconds: refuse (`throttled`) rather than wait longer than this at once. */
  readonly longestWait?: number;
}

export interface PostOptions extends AskOptions {
  /**
   * Sending it twice does no more than once ($batch of reads, translating ids). Otherwise a request
   * without a certain answer is not repeated, but refused as `uncertain`.
   */
  readonly repeatable?: boolean;
}

export interface TenantClient {
  readonly cloud: Cloud;
  /** Its id, as the token says; as named where the token does not. */
  readonly tenantId: string;
  readonly clientId: string;
  readonly account: TenantAccount;
  /** Scopes or roles of the token for Graph, sorted; null where it does not tell. */
  readonly permissions: readonly string[] | null;
  /** Whether the token's permissions are enough; null: it does not tell. Whether it works, an attempt shows. */
  readonly permitted: (ability: AbilityName) => boolean | null;
  /**
   * `path`: a path from the root ("/v1.0/…"), or a nextLink whole. It is used as it is: encode first.
   * @throws TenantRefusal, whose `kind` says what to do next; Problem where a new sign-in is needed
   * or `path` is another origin's; WaitGivenUp; the signal's reason.
   */
  readonly get: (path: string, options: AskOptions) => Promise<TenantAnswer>;
  /** `body`: a JSON document; null sends none. */
  readonly post: (path: string, body: object | null, options: PostOptions) => Promise<TenantAnswer>;
  /**
   * Requests that another run sent shortly before, which count for the tenant's limit too: when each
   * was sent, epoch milliseconds, the oldest first.
   */
  readonly remember: (bucket: BucketName, sentAt: readonly number[]) => void;
  /** Which root audit search answers under: found out once, then remembered (`tenant.md` 1.1). */
  readonly auditRoot: (options: Omit<AskOptions, 'bucket'>) => Promise<AuditRoot>;
}
