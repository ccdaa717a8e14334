import type { AuditData } from '../access.ts';

/** A field as the text a CSV cell or a string column shows. */
export const textOf = (record: AuditData, field: string): string => {
  const value = record[field];
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const RECORD_TYPES: { readonly [number: string]: string } = {
  1: 'ExchangeAdmin',
  2: 'ExchangeItem',
  3: 'ExchangeItemGroup',
  15: 'AzureActiveDirectoryStsLogon',
  50: 'ExchangeItemAggregated',
};

export const recordTypeName = (record: AuditData): string =>
  RECORD_TYPES[textOf(record, 'RecordType')] ?? '';

/** "9/20/2023 4:05:03 AM", as an English (US) Windows writes it. */
export const usDate = (record: AuditData): string => {
  const time = textOf(record, 'CreationTime');
  const hour = Number(time.slice(11, 13));
  const date = `${Number(time.slice(5, 7))}/${Number(time.slice(8, 10))}/${time.slice(0, 4)}`;
  return `${date} ${hour % 12 === 0 ? 12 : hour % 12}${time.slice(13, 19)} ${hour < 12 ? 'AM' : 'PM'}`;
};

/** "20-9-2023 04:05:03", as a Dutch Windows writes it. */
export const dutchDate = (record: AuditData): string => {
  const time = textOf(record, 'CreationTime');
  return `${Number(time.slice(8, 10))}-${Number(time.slice(5, 7))}-${time.slice(0, 4)} ${time.slice(11, 19)}`;
};

export const isoDate = (record: AuditData): string => `${textOf(record, 'CreationTime')}.0000000Z`;
export const zuluDate = (record: AuditData): string => `${textOf(record, 'CreationTime')}Z`;
