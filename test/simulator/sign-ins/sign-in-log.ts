import { createHash, randomUUID } from 'node:crypto';
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
  const { premium, retentionDays, perTenSeconds, page, beta, typesTogether } = settings.signIns;
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
    const types = new Set(typesTogether ? filter.types : filter.types.slice(-1));
    const found = entries().filter(
      (entry) =>
        types.has(entry.type) &&
        entry.at >= now - retentionDays * 86_400 &&
        entry.at <= now &&
        filter.matches(entry),
    );
    const next = `${createHash('sha256')
      .update(`${text} ${from + size}`)
      .digest('hex')}_1`;
    tokens.set(next, from + size);
    const root = `${stage.origins().graph}/${version}`;
    const line = lineOf(request);
    const stays = found.length > 0 && faults.strikes('sign-ins-endless', line);
    const again = `${next}${randomUUID()}`;
    if (stays) tokens.set(again, from);
    const words = `$filter=${encodeURIComponent(text)}&$top=${top}&$skiptoken=${stays ? again : next}`;
    const hasNext = stays || from + size < found.length;
    const elsewhere = hasNext && faults.strikes('sign-ins-next-elsewhere', line);
    const link = `${elsewhere ? 'http://elsewhere.invalid' : root}/${PATH}?${words}`;
    return json({
      '@odata.context': `${root}/$metadata#${PATH}`,
      ...(hasNext ? { '@odata.nextLink': link } : {}),
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
