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
