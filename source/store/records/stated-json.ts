/** As JSON, without what it does not state: half of a row usually is not. */
export const statedJson = (row: object): string =>
  JSON.stringify(row, (_, value: unknown) =>
    value === null || (Array.isArray(value) && value.length === 0) ? undefined : value,
  );
