/**
 * The better of two names of one folder (`domain.md` 3), alike for any order: a path ("\Inbox\2024")
 * beats a bare name, a longer one a shorter, then the first by code unit.
 */
export const betterFolderName = (a: string | null, b: string | null): string | null => {
  if (a === null || b === null || a === b) return a ?? b;
  const path = Number(b.startsWith('\\')) - Number(a.startsWith('\\'));
  if (path !== 0) return path > 0 ? b : a;
  if (a.length !== b.length) return a.length > b.length ? a : b;
  return a < b ? a : b;
};

const lastPart = (name: string): string => name.slice(name.lastIndexOf('\\') + 1);

/** Whether two names may be of one folder: two paths if equal, a bare name by the last part. Without case. */
export const mayBeOneFolder = (a: string | null, b: string | null): boolean => {
  if (a === null || b === null) return false;
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  const arePaths = one.startsWith('\\') && other.startsWith('\\');
  return arePaths ? one === other : lastPart(one) === lastPart(other);
};
