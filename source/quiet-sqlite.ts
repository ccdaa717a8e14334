/** Node 22 warns each time SQLite is loaded. It is all we store with; every other warning stays. */
export const quietSqlite = (): void => {
  const emit = process.emitWarning.bind(process) as (...words: readonly unknown[]) => void;
  process.emitWarning = (warning: string | Error, ...rest: readonly unknown[]): void => {
    const text = typeof warning === 'string' ? warning : warning.message;
    if (!text.startsWith('SQLite is an experimental feature')) emit(warning, ...rest);
  };
};
