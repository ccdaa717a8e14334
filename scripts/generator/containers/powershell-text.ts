/** A value as PowerShell puts it where it may go no deeper: `@{Name=…; Value=…}`, System.Object[]. */
export const psText = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(psText).join(' ');
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, inner]) => `${name}=${innerText(inner)}`);
  return `@{${fields.join('; ')}}`;
};

/** Inside `@{…}` an array is its type's name, and an object is nothing at all. */
const innerText = (value: unknown): string => {
  if (Array.isArray(value)) return 'System.Object[]';
  return typeof value === 'object' && value !== null ? '' : String(value ?? '');
};

/** A property of a parsed object in a cell of Export-Csv. */
export const csvCellText = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return Array.isArray(value) ? 'System.Object[]' : String(psText(value));
};
