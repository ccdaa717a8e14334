/** A range of time; both ends UTC, ISO. */
export interface TimeRange {
  readonly from: string;
  readonly to: string;
}

/** What a fetch was asked for: the records of any of these; of the whole tenant where none is named. */
export interface FetchAsked extends TimeRange {
  /** User names or object ids: as actors and as owners of mailboxes. */
  readonly users: readonly string[];
  /** Owners or GUIDs. */
  readonly mailboxes: readonly string[];
  readonly addresses: readonly string[];
}

/** Audit search of Purview over Graph, the Management Activity API, or the sign-in log of Entra. */
export type FetchApi = 'search' | 'activity' | 'signIns';

/**
 * Why a range is not known to be here whole. spoiled: a page that is broken, or content that is
 * gone, in the tenant · unreadable: answers that are no records, over and over · limit: more records
 * than one query gives · failed: the query ended without a result · refused: a page was refused, or its
 * pages have no end · unasked: not asked for to its end yet · announced: the tenant announced more records than came ·
 * foundNothing: asked by a keyword alone, which need not search that field · outOfReach: older than
 * the tenant gives · notOffered: not by the API that it answers under · withdrawn: its source was
 * taken out of the case.
 */
export type HoleReason =
  | 'spoiled'
  | 'unreadable'
  | 'limit'
  | 'failed'
  | 'refused'
  | 'unasked'
  | 'announced'
  | 'foundNothing'
  | 'outOfReach'
  | 'notOffered'
  | 'withdrawn';

/** A range of which not all could be had at first. `filled`: asked for anew, and had whole. */
export interface FetchHole extends TimeRange {
  readonly why: HoleReason;
  readonly filled: boolean;
  /** Names or GUIDs of users and mailboxes whose records it is of; with no address either, everybody's. */
  readonly users: readonly string[];
  /** It is of records from these addresses only. */
  readonly addresses: readonly string[];
  /** What the tenant or mia said to it, for people; null: nothing more than `why`. */
  readonly said: string | null;
}

/** One query of a fetch, as it ended. */
export interface FetchedQuery extends TimeRange {
  /** Its name in the tenant's list. */
  readonly name: string;
  /** The tenant's id; null: it was never made. */
  readonly id: string | null;
  /** What it was filtered by beside the operation: "actor anna@contoso.com". */
  readonly filter: string;
  /** The tenant's word for its end, or ours. */
  readonly status: string;
  /** Records in each pass over its pages; two that differ were joined by id. */
  readonly passes: readonly number[];
  /** Records with an id of their own. */
  readonly records: number;
  /** isRecordCountLimitExceeded; null: the tenant did not say. */
  readonly limitExceeded: boolean | null;
  /** approximateReturnedRecordCount; null: the tenant did not say. */
  readonly announced: number | null;
  /** Of the records, those from the address that was asked for, by mia's own reading; null: of no address. */
  readonly matching: number | null;
  /** Of the source its pages became; null where it gave none. */
  readonly source: string | null;
}

/**
 * The statement of a fetch, what it brought and what is missing: `case.json` fetches[], and in
 * every export.
 */
export interface FetchStatement {
  readonly id: string;
  readonly api: FetchApi;
  readonly cloud: string;
  readonly tenantId: string;
  readonly account: string;
  readonly clientId: string;
  readonly analyst: string;
  /** The address that was asked, without its host. */
  readonly endpoint: string;
  readonly asked: FetchAsked;
  readonly startedAt: string;
  /** null: it has not ended and can be resumed. */
  readonly endedAt: string | null;
  /** missing: holes that are not filled, or damaged rows. */
  readonly outcome: 'unfinished' | 'nothingKnownMissing' | 'missing';
  readonly queries: readonly FetchedQuery[];
  /** Distinct records of each query, added up. */
  readonly records: number;
  /**
   * Of the queries whose number the tenant announced, without those that narrower ones replaced: the
   * announced numbers added up, null where it announced none, and the distinct records that came.
   */
  readonly announced: number | null;
  readonly received: number;
  /** Rows that came and could not be read, and that no narrower query brought. */
  readonly damaged: number;
  /** Until when records of the period may still arrive in the tenant's log. */
  readonly lateUntil: string;
  /** Records that the case did not hold before. */
  readonly newRecords: number;
  readonly requests: number;
  /** Requests that were repeated because one was refused or had no answer. */
  readonly retries: number;
  readonly emptyHours: EmptyHours;
  readonly holes: readonly FetchHole[];
  /** The fetch that this one asked again. */
  readonly again: string | null;
}

/** Hours of the period without any record: not proof of a loss, but where to look for one. */
export interface EmptyHours {
  readonly hours: number;
  readonly of: number;
  /** The longest ranges of them, at most 20, in order of time. */
  readonly longest: readonly TimeRange[];
}
