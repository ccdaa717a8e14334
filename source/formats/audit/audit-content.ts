import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import type { RowContent } from '../format.ts';
import { mend } from './losses.ts';

/** What a container says beside AuditData. */
export interface Envelope {
  readonly id: string | null;
  readonly time: string | null;
}

export const NO_ENVELOPE: Envelope = { id: null, time: null };

/** Excel cuts a cell here. */
const EXCEL_CELL = 32_767;

/** A row whose AuditData is an object. */
export const auditContent = (data: JsonObject, envelope: Envelope): RowContent => {
  const { auditData, losses } = mend(data);
  return { kind: 'audit', auditData, envelope, losses };
};

export const damaged = (reason: string, time: string | null = null): RowContent =>
  time === null ? { kind: 'damaged', reason } : { kind: 'damaged', reason, time };

/** Why a text is not the JSON object it should be. */
const brokenInWords = (text: string): string => {
  if (text.length === EXCEL_CELL) return 'cut at 32,767 characters (Excel)';
  if (/^System\.[\w.]+(\[\])?$|^@\{/.test(text)) {
    return `AuditData was lost in this container: ${JSON.stringify(text.slice(0, 40))}`;
  }
  if (!text.startsWith('{')) return `AuditData is no JSON: ${JSON.stringify(text.slice(0, 40))}`;
  return text.endsWith('}') ? 'broken JSON in AuditData' : 'truncated: AuditData ends too early';
};

/** In records as the service writes them CreationTime comes first: it outlives a cut at the end. */
const timeInBroken = (text: string): string | null =>
  /^\s*\{\s*"CreationTime"\s*:\s*"([^"]{1,40})"/.exec(text)?.[1] ?? null;

/** A row whose AuditData is JSON text. `text` empty: the container has none. */
export const auditTextContent = (text: string, envelope: Envelope): RowContent => {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    const trimmed = text.trim();
    return damaged(
      trimmed === '' ? 'no AuditData in this row' : brokenInWords(trimmed),
      timeInBroken(trimmed) ?? envelope.time,
    );
  }
  return isObject(data)
    ? auditContent(data, envelope)
    : damaged('AuditData is no JSON object', envelope.time);
};

/** AuditData as an object or as JSON text, as JSON containers carry it. */
export const auditValueContent = (value: JsonValue | undefined, envelope: Envelope): RowContent => {
  if (isObject(value)) return auditContent(value, envelope);
  if (typeof value === 'string') return auditTextContent(value, envelope);
  return damaged('no AuditData in this row', envelope.time);
};
