import type { Decision } from '../domain/verdicts/decision.ts';
import type { Summary } from '../domain/exposure/exposure.ts';
import type { FetchStatement } from '../domain/fetches/fetch.ts';
import type { Message } from '../domain/exposure/message.ts';
import type { PastLookup } from '../domain/lookups/past-lookup.ts';
import type { Scope } from '../domain/exposure/scope.ts';
import type { Session } from '../domain/sessions/session.ts';
import type { Source } from '../domain/records/source.ts';

/**
 * The marked set, as every export format is given it. `sessions` are those with a verdict,
 * `messages` the confirmed and presumed ones; both may be walked more than once and are never held.
 */
export interface ExportedCase {
  /** UTC ISO: the one value that differs between two exports of an unchanged case. */
  readonly generatedAt: string;
  readonly toolVersion: string;
  readonly title: string;
  readonly analyst: string;
  readonly window: { readonly from: string | null; readonly to: string | null } | null;
  readonly sources: readonly Source[];
  readonly fetches: readonly FetchStatement[];
  readonly lookups: readonly PastLookup[];
  readonly decisions: readonly Decision[];
  /** null: the whole case. Else `summary`, `sessions` and `messages` are of this part. */
  readonly scope: Scope | null;
  readonly summary: Summary;
  /** Mail domains of the organisation: who is inside. */
  readonly ownDomains: ReadonlySet<string>;
  readonly sessions: () => Iterable<Session>;
  readonly messages: () => Iterable<Message>;
}

/** One file of an export. */
export interface ExportPart {
  /** `messages`, `sessions`, `people` of CSV; `exposure` of JSON. */
  readonly name: string;
  /** Its name in an `--out` folder. */
  readonly fileName: string;
  /** How the text of any such export begins: by it an earlier export is told from a foreign file. */
  readonly opening: string;
  /** How the text of one begins that is of a part of a case; absent: alike. */
  readonly scopedOpening?: string;
  readonly text: (exported: ExportedCase) => Iterable<string>;
}

export interface ExportFormat {
  /** `--format`. */
  readonly name: string;
  /** In the console: in the footer, in help and palette, before the path that is typed, and that path at first. */
  readonly label: string;
  readonly description: string;
  readonly prompt: string;
  readonly path: string;
  /** The first one is written where only one can be and none is named. */
  readonly parts: readonly [ExportPart, ...ExportPart[]];
}
