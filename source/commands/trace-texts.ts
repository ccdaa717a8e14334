/** Metadata of message ids, for people and as `mia.trace/1`; both as the ids are looked at. */
import type { LookupStatement } from '../domain/lookups/lookup-progress.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { jsonText } from '../exports/json-text.ts';
import { lookupJson, tracedJson } from '../exports/documents/lookup.ts';
import type { IdTrace } from '../case/case.ts';
import { unresolvedInWords } from './messages.ts';

type IdTraces = AsyncIterable<IdTrace> | Iterable<IdTrace>;

/** `statement`: what a lookup came to; null: none was made. */
export const traceDocument = async function* (
  traces: IdTraces,
  statement: LookupStatement | null,
): AsyncGenerator<string> {
  yield '{"schema":"mia.trace/1",\n"messages":[';
  let first = true;
  for await (const trace of traces) {
    yield `${first ? '\n' : ',\n'}${jsonText(tracedJson(trace))}`;
    first = false;
  }
  const lookup = statement === null ? null : lookupJson(statement);
  yield `${first ? '' : '\n'}],\n"lookup":${jsonText(lookup)}}\n`;
};

/** One id a line, cells between tabs, on a terminal too: ids are long, and answers come as they are found. */
export const traceLines = async function* (traces: IdTraces): AsyncGenerator<string> {
  yield `${['MESSAGE ID', 'IN CASE', 'RECEIVED', 'SENDER', 'RECIPIENTS', 'SUBJECT'].join('\t')}\n`;
  for await (const { internetMessageId, inCase, trace, unresolved } of traces) {
    const cells = [
      internetMessageId,
      inCase ? 'yes' : 'no',
      trace?.receivedAt ?? '',
      trace?.sender ?? '',
      trace?.recipients.join('; ') ?? '',
      trace?.subject ?? unresolvedInWords(unresolved),
    ];
    yield `${cells.map(forTerminal).join('\t')}\n`;
  }
};
