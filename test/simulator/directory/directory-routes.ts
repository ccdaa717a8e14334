import { graphError, json, jsonBody } from '../http/exchange.ts';
import type { TenantAnswer } from '../http/exchange.ts';
import type { Call, Route } from '../http/routes.ts';
import type { Person, Stage } from '../stage.ts';
import { TRACE_APP_ID } from '../trace/trace-principal.ts';
import type { TracePrincipal } from '../trace/trace-principal.ts';

const anyOf = (...names: readonly string[]) => ({ delegated: names, application: names });

const personBody = ({ upn, name, objectId }: Person) => ({
  id: objectId,
  userPrincipalName: upn,
  displayName: name,
  mail: upn,
});

const notFound = (what: string): TenantAnswer =>
  graphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${what}' does not exist or one of its queried reference-property objects are not present.`,
  );

/** Who and what there is, as far as a client must look it up. */
export const directoryRoutes = (stage: Stage, principal: TracePrincipal): readonly Route[] => {
  const me = ({ caller }: Call): TenantAnswer =>
    caller.person
      ? json(personBody(caller.person))
      : graphError(
          400,
          'BadRequest',
          '/me request is only valid with delegated authentication flow.',
        );

  const user = ({ named }: Call): TenantAnswer => {
    const name = (named['user'] ?? '').toLowerCase();
    const found = stage.people.find(
      ({ upn, objectId }) => upn.toLowerCase() === name || objectId === name,
    );
    return found ? json(personBody(found)) : notFound(named['user'] ?? '');
  };

  const organization = (): TenantAnswer =>
    json({
      value: [
        {
          id: stage.tenantId,
          displayName: stage.content.plan.company.name,
          verifiedDomains: [{ name: stage.domain, isDefault: true, isInitial: false }],
        },
      ],
    });

  const principals = () => [
    ...stage.registrations.map(({ clientId, name }) => ({
      id: clientId.replace(/^.{8}/u, 'abcdef00'),
      appId: clientId,
      displayName: name,
    })),
    ...(principal.exists()
      ? [
          {
            id: TRACE_APP_ID.replace(/^.{8}/u, 'abcdef01'),
            appId: TRACE_APP_ID,
            displayName: 'Transport Data Platform',
          },
        ]
      : []),
  ];

  const listPrincipals = ({ request }: Call): TenantAnswer => {
    const wanted = /^appId eq '([^']+)'$/u.exec(request.query.get('$filter') ?? '')?.[1];
    const all = principals();
    return json({
      value: wanted === undefined ? all : all.filter(({ appId }) => appId === wanted.toLowerCase()),
    });
  };

  const createPrincipal = ({ request }: Call): TenantAnswer => {
    const appId = String(jsonBody(request)?.['appId'] ?? '').toLowerCase();
    if (appId !== TRACE_APP_ID) return notFound(appId);
    if (principal.exists())
      return graphError(
        409,
        'Request_MultipleObjectsWithSameKeyValue',
        'The service principal cannot be created, the service principal name is already in use.',
      );
    principal.create();
    const made = principals().find((one) => one.appId === appId);
    return { status: 201, body: made ?? {} };
  };

  const get = (path: string, run: Route['run'], ...names: readonly string[]): Route => ({
    method: 'GET',
    path,
    permits: anyOf(...names),
    run,
  });
  return [
    get('me', me, 'User.Read', 'User.ReadBasic.All', 'User.Read.All'),
    get('users/{user}', user, 'User.ReadBasic.All', 'User.Read.All', 'Directory.Read.All'),
    get('organization', organization, 'Organization.Read.All', 'Directory.Read.All', 'User.Read'),
    get('servicePrincipals', listPrincipals, 'Application.Read.All', 'Directory.Read.All'),
    {
      method: 'POST',
      path: 'servicePrincipals',
      permits: anyOf('Application.ReadWrite.All'),
      run: createPrincipal,
    },
  ];
};
