import { createHash } from 'node:crypto';
import { graphError, json, lineOf, throttled } from '../http/exchange.ts';
import type { TenantAnswer } from '../http/exchange.ts';
import type { Call, Route } from '../http/routes.ts';
import { once } from '../once.ts';
import { rateWindow } from '../rate-window.ts';
import type { Stage } from '../stage.ts';
import { signInBody } from './sign-in-body.ts';
import { signInEntries } from './sign-in-entries.ts';
import type { SignInEntry } from './sign-in-entries.ts';
import { readSignInFilter } from './sign-in-filter.ts';

const PATH = 'auditLogs/signIns';
const NEEDED = ['AuditLog.Read.All', 'Directory.Read.All'];

const permissionMissing = graphError(
  403,
  'Authentication_MSGraphPermissionMissing',
  `The principal does not have required Microsoft Graph permission(s): ${NEEDED.join(',')} to call this API.`,
);
const notPremium = graphError(
  403,
  'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
  "Neither tenant is B2C or tenant doesn't have premium license",
);

export interface SignInLog {
  readonly routes: readonly Route[];
  /** Newest first, those past retention included. */
  readonly entries: readonly SignInEntry[];
}

/** The Entra sign-in log (`tenant.md` 5). */
export const signInLog = (stage: Stage): SignInLog => {
  const { clock, faults, settings } = stage;
  const { premium, retentionDays, perTenSeconds, page, beta } = settings.signIns;
  const entries = once(() => signInEntries(stage.content.records, stage.seed));
  const rate = rateWindow(perTenSeconds, 10_000, clock.now);
  /** Where a skip token goes on. */
  const tokens = new Map<string, number>();

  const list = ({ request, caller, version }: Call): TenantAnswer => {
    if (rate.take() !== null)
      return throttled('This request is throttled. Please try again later.');
    if (NEEDED.some((name) => !caller.permissions.has(name))) return permissionMissing;
    if (!premium) return notPremium;
    const text = request.query.get('$filter') ?? '';
    const filter = readSignInFilter(text, beta ? version : 'v1.0');
    if (typeof filter === 'string') return graphError(400, 'BadRequest', filter);
    const top = Number(request.query.get('$top') ?? 1000);
    if (!Number.isInteger(top) || top < 1 || top > 1000)
      return graphError(400, 'BadRequest', 'Invalid value for $top. The maximum is 1000.');
    const size = Math.min(top, page);
    const token = request.query.get('$skiptoken');
    const from = token === undefined ? 0 : tokens.get(token);
    if (from === undefined || (token && faults.strikes('sign-ins-skiptoken', lineOf(request))))
      return graphError(400, 'BadRequest', 'Invalid Skip Token.');
    const now = clock.now() / 1000;
    const found = entries().filter(
      (entry) =>
        entry.type === filter.type &&
        entry.at >= now - retentionDays * 86_400 &&
        entry.at <= now &&
        filter.matches(entry),
    );
    const next = `${createHash('sha256')
      .update(`${text} ${from + size}`)
      .digest('hex')}_1`;
    tokens.set(next, from + size);
    const root = `${stage.origins().graph}/${version}`;
    const words = `$filter=${encodeURIComponent(text)}&$top=${top}&$skiptoken=${next}`;
    return json({
      '@odata.context': `${root}/$metadata#${PATH}`,
      ...(from + size < found.length ? { '@odata.nextLink': `${root}/${PATH}?${words}` } : {}),
      value: found
        .slice(from, from + size)
        .map((entry) => signInBody(entry, version, stage.tenantId)),
    });
  };

  return {
    get entries() {
      return entries();
    },
    routes: [{ method: 'GET', path: PATH, run: list }],
  };
};
