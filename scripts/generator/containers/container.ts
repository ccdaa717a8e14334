import type { AuditData } from '../access.ts';
import { encode, encodeWhole } from '../encoding.ts';
import type { Encoding } from '../encoding.ts';
import type { Loss } from '../loss.ts';

/** A form in which responders hold audit records (`formats.md` 2). */
export interface Container {
  /** Stable, kebab-case. */
  readonly name: string;
  readonly title: string;
  readonly extension: 'csv' | 'json' | 'jsonl';
  readonly encoding: Encoding;
  /** What the form loses of a record; empty: nothing. */
  readonly cannotCarry: readonly Loss[];
  /** The file's text in pieces. */
  readonly text: (records: Iterable<AuditData>) => Iterable<string>;
}

/** The file in one piece. */
export const writeContainer = (container: Container, records: Iterable<AuditData>): Uint8Array =>
  encodeWhole(container.text(records), container.encoding);

/** The file in chunks, in bounded memory as far as the form allows. */
export const streamContainer = (
  container: Container,
  records: Iterable<AuditData>,
): Iterable<Uint8Array> => encode(container.text(records), container.encoding);
