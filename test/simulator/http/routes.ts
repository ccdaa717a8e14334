import type { Caller } from '../auth/access-tokens.ts';
import type { TenantAnswer, TenantRequest } from './exchange.ts';

export type GraphVersion = 'v1.0' | 'beta';

/** A request that was let in, with what the route's pattern found in its path. */
export interface Call {
  readonly request: TenantRequest;
  readonly caller: Caller;
  readonly version: GraphVersion;
  readonly named: Readonly<Record<string, string>>;
}

/** Any one of these is enough. */
export interface Permits {
  readonly delegated: readonly string[];
  readonly application: readonly string[];
}

export interface Route {
  readonly method: string;
  /** Parts; `{name}` takes one, `name({argument})` a function's argument. */
  readonly path: string;
  readonly permits?: Permits;
  readonly denied?: TenantAnswer;
  readonly run: (call: Call) => TenantAnswer | Promise<TenantAnswer>;
}

const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');

const partPattern = (part: string): RegExp => {
  const pattern = part
    .split(/(\{\w+\})/u)
    .map((piece) =>
      /^\{\w+\}$/u.test(piece) ? `(?<${piece.slice(1, -1)}>.+)` : escapeRegExp(piece),
    )
    .join('');
  return new RegExp(`^${pattern}$`, 'iu');
};

/** What the pattern finds; null: another path. Names of parts are not case-sensitive on Graph. */
const matchPath = (
  pattern: readonly RegExp[],
  path: readonly string[],
): Readonly<Record<string, string>> | null => {
  if (pattern.length !== path.length) return null;
  const named: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const found = part.exec(path[index] ?? '');
    if (!found) return null;
    Object.assign(named, found.groups);
  }
  return named;
};

export interface Routed {
  readonly route: Route;
  readonly named: Readonly<Record<string, string>>;
}

/** `allowed`: the path exists, with other methods. */
export const routeFinder = (routes: readonly Route[]) => {
  const compiled = routes.map((route) => ({
    route,
    pattern: route.path.split('/').map(partPattern),
  }));
  return (method: string, path: readonly string[]): Routed | 'other-method' | null => {
    let other = false;
    for (const { route, pattern } of compiled) {
      const named = matchPath(pattern, path);
      if (!named) continue;
      if (route.method === method) return { route, named };
      other = true;
    }
    return other ? 'other-method' : null;
  };
};

export const isPermitted = (caller: Caller, permits: Permits): boolean =>
  (caller.kind === 'person' ? permits.delegated : permits.application).some((name) =>
    caller.permissions.has(name),
  );
