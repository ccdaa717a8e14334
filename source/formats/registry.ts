import type { Format } from './format.ts';
import { graphMessageTrace } from './traces/graph-message-trace.ts';
import { historicalExtended } from './traces/historical-extended.ts';
import { historicalSummary } from './traces/historical-summary.ts';
import { messageTraceCsv } from './traces/message-trace-csv.ts';
import { messageTraceJson } from './traces/message-trace-json.ts';
import { messageTraceV2Csv } from './traces/message-trace-v2-csv.ts';

/**
 * Every format we read, tried in this order. Adding one is one file and one line here; its sample
 * must be claimed by itself and by no other (`test/formats/registry.test.ts`).
 */
export const FORMATS: readonly Format[] = [
  messageTraceCsv,
  messageTraceV2Csv,
  messageTraceJson,
  historicalSummary,
  historicalExtended,
  graphMessageTrace,
];
