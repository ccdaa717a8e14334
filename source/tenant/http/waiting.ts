/** What a request waits for: enough for one calm line. */
export interface Wait {
  readonly bucket: BucketName;
  /** pace: our own limit · throttled: the tenant asked for it · retry: a passing failure. */
  readonly why: 'pace' | 'throttled' | 'retry';
  /** UTC, ISO. */
  readonly until: string;
  /** How long that is, from when it is said. */
  readonly milliseconds: number;
  /** In a few words, e.g. "HTTP 503" or "no answer in 100 s"; null where `why` says all. */
  readonly after: string | null;
}

/**
 * Requests that share a limit of the tenant. A pause asked for by the tenant holds all of its bucket.
 * `minimumGap`, `per`: milliseconds.
 */
export interface BucketRule {
  /** Requests on their way at once. */
  readonly concurrent: number;
  /** From the start of one to the start of the next. */
  readonly minimumGap?: number;
  /** So many in any such time. */
  readonly rate?: { readonly requests: number; readonly per: number };
}

/** `tenant.md` 7; the limits of Microsoft are a little higher, for whoever else asks. */
export const BUCKETS = {
  'audit-create': { concurrent: 1, minimumGap: 10_000 },
  'audit-poll': { concurrent: 4 },
  'audit-records': { concurrent: 4 },
  activity: { concurrent: 4, rate: { requests: 1_000, per: 60_000 } },
  traces: { concurrent: 2, rate: { requests: 90, per: 300_000 } },
  'trace-details': { concurrent: 2, rate: { requests: 90, per: 300_000 } },
  outlook: { concurrent: 4 },
  // Five in ten seconds, as they arrive there; what is one too many costs a wait without a word.
  'sign-ins': { concurrent: 1, rate: { requests: 5, per: 11_000 } },
} as const satisfies Readonly<Record<string, BucketRule>>;

export type BucketName = keyof typeof BUCKETS;
