const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** One spelling for one session id (`domain.md` 5): guids without regard to case, all others as they are. */
export const normaliseSessionId = (id: string): string => (GUID.test(id) ? id.toLowerCase() : id);
