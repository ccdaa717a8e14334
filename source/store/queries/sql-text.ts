/** A text column of a row; null where it is NULL or was not asked for. */
export const textOrNull = (value: unknown): string | null => (value ?? null) as string | null;
