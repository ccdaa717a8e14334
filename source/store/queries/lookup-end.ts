import type { LookupEnd } from '../../domain/exposure/unresolved.ts';
import { LOOKUP_END } from '../records/schema.ts';

const ENDS = new Map<unknown, LookupEnd>(
  (['olderThanTrace', 'notFound', 'failed'] as const).map((end) => [LOOKUP_END[end], end]),
);

/** Of messages.lookup_end; null: it was not looked up. */
export const lookupEnd = (stored: unknown): LookupEnd | null => ENDS.get(stored) ?? null;
