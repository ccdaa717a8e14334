import type { AuditRecord } from '../../domain/records/audit-record.ts';
import { FLAG } from './schema.ts';

const flagPair = (value: boolean | null, statedBit: number, trueBit: number): number =>
  value === null ? 0 : value ? statedBit | trueBit : statedBit;

const unflag = (flags: number, statedBit: number, trueBit: number): boolean | null =>
  (flags & statedBit) === 0 ? null : (flags & trueBit) !== 0;

/** The facts of a record that are yes, no or not stated, as records.flags has them. */
export const flagsOf = (record: AuditRecord): number =>
  (record.access === 'sync' ? FLAG.sync : 0) |
  (record.itemsMissing ? FLAG.itemsMissing : 0) |
  flagPair(record.appOnly, FLAG.appOnlyStated, FLAG.appOnly) |
  flagPair(record.delegate, FLAG.delegateStated, FLAG.delegate) |
  flagPair(record.external, FLAG.externalStated, FLAG.external) |
  flagPair(record.throttled, FLAG.throttledStated, FLAG.throttled);

/** The same facts back from records.flags. */
export const factsOf = (
  flags: number,
): Pick<
  AuditRecord,
  'access' | 'itemsMissing' | 'appOnly' | 'delegate' | 'external' | 'throttled'
> => ({
  access: (flags & FLAG.sync) === 0 ? 'bind' : 'sync',
  itemsMissing: (flags & FLAG.itemsMissing) !== 0,
  appOnly: unflag(flags, FLAG.appOnlyStated, FLAG.appOnly),
  delegate: unflag(flags, FLAG.delegateStated, FLAG.delegate),
  external: unflag(flags, FLAG.externalStated, FLAG.external),
  throttled: unflag(flags, FLAG.throttledStated, FLAG.throttled),
});
