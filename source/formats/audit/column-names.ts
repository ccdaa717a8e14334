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

/** What the portal of Log Analytics puts behind the name of a column of times: [UTC], [Local Time]. */
const ZONE = / \[([^\]]*)\]$/;

/** A column's name without the zone, and whether its times are UTC or of a zone nobody states. */
export const portalName = (
  column: string,
): { readonly name: string; readonly zone: 'utc' | 'local' } => {
  const zone = ZONE.exec(column)?.[1];
  if (zone === undefined) return { name: column, zone: 'utc' };
  return {
    name: column.replace(ZONE, ''),
    zone: zone.trim().toLowerCase() === 'utc' ? 'utc' : 'local',
  };
};

/** Whether a column is the one of this name, with or without a zone behind it. */
export const isPortalColumn = (column: string, name: string): boolean =>
  portalName(column).name === name;
