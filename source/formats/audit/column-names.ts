/** Which columns a CSV has, without regard to case. */
export const hasColumn = (header: readonly string[], ...names: readonly string[]): boolean => {
  const known = new Set(header.map((name) => name.toLowerCase()));
  return names.every((name) => known.has(name.toLowerCase()));
};

export type AuditTable =
  'purview' | 'purviewOld' | 'search' | 'ualGraph' | 'splunk' | 'auditDataOnly';

/** Columns of Search-UnifiedAuditLog beside the four that the old portal had too. */
const SEARCH_COLUMNS = ['RecordType', 'ResultIndex', 'Identity', 'RunspaceId', 'ObjectState'];

/** Which of the exports with a column AuditData this is, by its other columns; null: none. */
export const auditTableOf = (header: readonly string[]): AuditTable | null => {
  if (hasColumn(header, '_raw')) return 'splunk';
  if (!hasColumn(header, 'AuditData')) return null;
  if (hasColumn(header, 'auditLogRecordType')) return 'ualGraph';
  if (hasColumn(header, 'RecordId')) return 'purview';
  if (!hasColumn(header, 'CreationDate', 'UserIds', 'Operations')) return 'auditDataOnly';
  return SEARCH_COLUMNS.some((name) => hasColumn(header, name)) ? 'search' : 'purviewOld';
};
