import { isObject } from '../../domain/json.ts';
import type { RowContent } from '../format.ts';
import { auditContent, auditTextContent, damaged, NO_ENVELOPE } from './audit-content.ts';

/** What Splunk indexed, `_raw`: a bare record, or a row of Search-UnifiedAuditLog around it. */
export const splunkContent = (raw: string): RowContent => {
  if (raw.trim() === '') return damaged('_raw is empty');
  const content = auditTextContent(raw, NO_ENVELOPE);
  if (content.kind !== 'audit') {
    return content.kind === 'damaged'
      ? damaged(content.reason.replaceAll('AuditData', '_raw'))
      : content;
  }
  const inner = content.auditData['AuditData'];
  if (isObject(inner)) return auditContent(inner, NO_ENVELOPE);
  return typeof inner === 'string' ? auditTextContent(inner, NO_ENVELOPE) : content;
};
