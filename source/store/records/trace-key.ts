/** `traceKey` (`domain/lookups/trace.ts`) of a message `m`, in SQL. */
export const TRACE_KEY = `coalesce(m.message_id, ' ' || m.item_id)`;

/** The item id in a `traceKey`; null: it is a message id. */
export const itemOfTraceKey = (key: string): string | null =>
  key.startsWith(' ') ? key.slice(1) : null;
