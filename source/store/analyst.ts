import { hostname, userInfo } from 'node:os';

/**
 * Who decides (`contract.md`, Commands): the one named (--analyst, $MIA_ANALYST), else case.json's,
 * else user@host. Never written into case.json by itself: the next one here may be somebody else.
 */
export const analystOf = (named: string | null, ofCase: string | null): string => {
  if (named !== null && named.trim() !== '') return named.trim();
  if (ofCase !== null && ofCase.trim() !== '') return ofCase.trim();
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    // A user without an entry in the system's list, as in some containers.
    return `unknown@${hostname()}`;
  }
};
