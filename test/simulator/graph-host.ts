import { isCaller } from './auth/gate.ts';
import type { Gate } from './auth/gate.ts';
import { graphError, segmentMissing } from './http/exchange.ts';
import type { TenantAnswer, TenantRequest } from './http/exchange.ts';
import { isPermitted, routeFinder } from './http/routes.ts';
import type { GraphVersion, Route } from './http/routes.ts';
import type { Caller } from './auth/access-tokens.ts';

const DENIED = graphError(
  403,
  'Authorization_RequestDenied',
  'Insufficient privileges to complete the operation.',
);

/** One request below a version, by somebody let in already. Batches come here, too. */
export type Dispatch = (
  request: TenantRequest,
  caller: Caller,
  version: GraphVersion,
  path: readonly string[],
) => TenantAnswer | Promise<TenantAnswer>;

export const dispatchTo = (routes: readonly Route[]): Dispatch => {
  const find = routeFinder(routes);
  return (request, caller, version, path) => {
    const found = find(request.method, path);
    if (found === null) return segmentMissing(path[0] ?? '');
    if (found === 'other-method')
      return graphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed.');
    const { route, named } = found;
    if (route.permits && !isPermitted(caller, route.permits)) return route.denied ?? DENIED;
    return route.run({ request, caller, version, named });
  };
};

/** The Graph host. */
export const graphHost =
  (gate: Gate, dispatch: Dispatch) =>
  (request: TenantRequest): TenantAnswer | Promise<TenantAnswer> => {
    const [version, ...path] = request.path;
    if (version !== 'v1.0' && version !== 'beta')
      return graphError(400, 'BadRequest', 'Invalid version.');
    const admitted = gate.admit(request, 'graph');
    return isCaller(admitted) ? dispatch(request, admitted, version, path) : admitted;
  };
