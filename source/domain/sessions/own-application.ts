import type { Context } from './session.ts';

/**
 * Whether the application that acted is one by which mia itself read mail for this case. A mark and
 * no more: the same application may be used by others, so nothing is hidden and no verdict follows.
 * `own`: lower case.
 */
export const isOwnApplication = (
  { appId, clientAppId, actor }: Pick<Context, 'appId' | 'clientAppId' | 'actor'>,
  own: ReadonlySet<string>,
): boolean =>
  own.size > 0 &&
  [appId, clientAppId, actor].some((id) => id !== null && own.has(id.toLowerCase()));
