import { cmdletTraces } from './cmdlet-traces.ts';
import { graphTraces } from './graph-traces.ts';
import { reportTraces } from './report-traces.ts';
import type { TraceContainer } from './trace-container.ts';

/** Every trace form of `formats.md` 3. */
export const traceContainers: readonly TraceContainer[] = [
  ...cmdletTraces,
  ...reportTraces,
  ...graphTraces,
];

export const traceContainer = (name: string): TraceContainer => {
  const found = traceContainers.find((container) => container.name === name);
  if (found) return found;
  const names = traceContainers.map((container) => container.name).join(', ');
  throw new Error(`no trace form "${name}"; there are: ${names}`);
};
