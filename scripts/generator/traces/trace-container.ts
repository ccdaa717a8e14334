import { encode, encodeWhole } from '../encoding.ts';
import type { Encoding } from '../encoding.ts';
import type { TracedMail } from './traced-mail.ts';

/** A form in which responders hold message traces (`formats.md` 3). */
export interface TraceContainer {
  readonly name: string;
  readonly title: string;
  readonly extension: 'csv' | 'json';
  readonly encoding: Encoding;
  readonly source: 'importedTrace' | 'historicalSearch';
  readonly text: (mail: Iterable<TracedMail>) => Iterable<string>;
}

export const writeTraces = (container: TraceContainer, mail: Iterable<TracedMail>): Uint8Array =>
  encodeWhole(container.text(mail), container.encoding);

export const streamTraces = (
  container: TraceContainer,
  mail: Iterable<TracedMail>,
): Iterable<Uint8Array> => encode(container.text(mail), container.encoding);
