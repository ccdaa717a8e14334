import { isCaller } from '../auth/gate.ts';
import type { Gate } from '../auth/gate.ts';
import { json, lineOf } from '../http/exchange.ts';
import type { TenantAnswer, TenantRequest } from '../http/exchange.ts';
import { once } from '../once.ts';
import { rateWindow } from '../rate-window.ts';
import type { Stage } from '../stage.ts';
import { activityContents } from './activity-content.ts';
import type { ActivityContent } from './activity-content.ts';

const DAY = 86_400_000;
const BACKFILL = 22 * 3_600_000;
const CONTENT_DAYS = 20;
const TYPE = 'Audit.Exchange';
const TYPES = [TYPE, 'Audit.AzureActiveDirectory', 'Audit.SharePoint', 'Audit.General', 'DLP.All'];

const refused = (status: number, code: string, message: string): TenantAnswer => ({
  status,
  body: { error: { code, message } },
});

/** Without a zone, as this API writes its times; what it reads may leave off seconds or the time. */
const written = (milliseconds: number): string => new Date(milliseconds).toISOString();

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?(\.\d+)?Z?$/u;

const readTime = (text: string): number =>
  TIME.test(text) ? Date.parse(text.includes('T') ? `${text.replace(/Z$/u, '')}Z` : text) : NaN;

interface Period {
  readonly from: number;
  readonly to: number;
}

const periodOf = (request: TenantRequest, now: number): Period | TenantAnswer => {
  const [start, end] = [request.query.get('startTime'), request.query.get('endTime')];
  if (start === undefined && end === undefined) return { from: now - DAY, to: now };
  const wrong = refused(
    400,
    'AF20030',
    'Start time and end time must both be specified (or both omitted) and must be less than or equal to 24 hours apart, with the start time no more than 7 days in the past.',
  );
  if (start === undefined || end === undefined) return wrong;
  const period = { from: readTime(start), to: readTime(end) };
  if (Number.isNaN(period.from) || Number.isNaN(period.to))
    return refused(400, 'AF20002', `Invalid parameter type: ${start} or ${end}.`);
  if (period.to <= period.from || period.to - period.from > DAY) return wrong;
  if (period.from < now - 7 * DAY)
    return refused(400, 'AF20055', 'Start time is more than 7 days in the past.');
  return period;
};

export interface ActivityFeed {
  readonly answer: (request: TenantRequest) => TenantAnswer;
}

/** The Office 365 Management Activity API (`tenant.md` 2). */
export const activityFeed = (stage: Stage, gate: Gate): ActivityFeed => {
  const { clock, settings, faults } = stage;
  const { subscribedSince, page, perMinute } = settings.activity;
  const contents = once(() => activityContents(stage.content.records, stage.seed));
  const rate = rateWindow(perMinute, 60_000, clock.now);
  const subscriptions = new Map<string, number>();
  if (subscribedSince !== null) subscriptions.set(TYPE, Date.parse(subscribedSince));
  const root = (): string =>
    `${stage.origins().management}/api/v1.0/${stage.tenantId}/activity/feed`;

  const start = (type: string): TenantAnswer => {
    if (subscriptions.has(type))
      return refused(400, 'AF20024', 'The subscription is already enabled. No property change.');
    subscriptions.set(type, clock.now());
    return json({ contentType: type, status: 'enabled', webhook: null });
  };

  const described = ({ id, createdAt }: ActivityContent) => ({
    contentType: TYPE,
    contentId: id,
    contentUri: `${root()}/audit/${encodeURIComponent(id)}`,
    contentCreated: written(createdAt),
    contentExpiration: written(createdAt + CONTENT_DAYS * DAY),
  });

  const list = (request: TenantRequest, type: string): TenantAnswer => {
    const since = subscriptions.get(type);
    if (since === undefined)
      return refused(400, 'AF20022', 'No subscription found for the specified content type.');
    const period = periodOf(request, clock.now());
    if ('status' in period) return period;
    const found = contents().filter(
      ({ createdAt }) =>
        type === TYPE &&
        createdAt >= Math.max(period.from, since - BACKFILL) &&
        createdAt < Math.min(period.to, clock.now()),
    );
    const from = Number(request.query.get('nextPage') ?? 0);
    const words = [...request.query].filter(([name]) => name !== 'nextPage');
    const line = lineOf(request);
    const stays = found.length > 0 && faults.strikes('activity-list-endless', line);
    const turn = Number(request.query.get('turn') ?? 0) + 1;
    const next = new URLSearchParams(words);
    next.set('nextPage', String(stays ? from : from + page));
    if (stays) next.set('turn', String(turn));
    const hasNext = stays || from + page < found.length;
    const elsewhere = hasNext && faults.strikes('activity-next-elsewhere', line);
    const place = `${elsewhere ? 'http://elsewhere.invalid' : root()}/subscriptions/content?${next}`;
    return {
      status: 200,
      headers: hasNext ? { NextPageUri: place } : {},
      body: found.slice(from, from + page).map(described),
    };
  };

  const fetchContent = (request: TenantRequest, id: string): TenantAnswer => {
    const found = contents().find((one) => one.id === id);
    const gone = faults.strikes('activity-content-gone', lineOf(request));
    if (!found || gone || found.createdAt + CONTENT_DAYS * DAY < clock.now())
      return refused(
        404,
        'AF20051',
        `The content requested with the key ${id} has already expired.`,
      );
    return { status: 200, body: found.records.map(({ data }) => data) };
  };

  const route = (request: TenantRequest): TenantAnswer => {
    const rest = request.path.slice(5);
    const type = request.query.get('contentType') ?? '';
    const line = `${request.method} ${rest.slice(0, 2).join('/')}`;
    if (rest[0] === 'audit' && rest.length === 2 && request.method === 'GET')
      return fetchContent(request, rest[1] ?? '');
    if (line === 'GET subscriptions/list')
      return {
        status: 200,
        body: [...subscriptions.keys()].map((contentType) => ({
          contentType,
          status: 'enabled',
          webhook: null,
        })),
      };
    if (!TYPES.includes(type))
      return refused(400, 'AF20020', 'The specified content type is not valid.');
    if (line === 'POST subscriptions/start') return start(type);
    if (line === 'GET subscriptions/content') return list(request, type);
    return refused(404, 'AF20000', 'Not found.');
  };

  return {
    answer: (request) => {
      const [api, version, tenant, activity, feed] = request.path;
      if (api !== 'api' || version !== 'v1.0' || activity !== 'activity' || feed !== 'feed')
        return refused(404, 'AF20000', 'Not found.');
      const admitted = gate.admit(request, 'management');
      if (!isCaller(admitted)) return admitted;
      if (tenant?.toLowerCase() !== stage.tenantId)
        return refused(401, 'AF20012', `The tenant ID passed in the URL (${tenant}) is not valid.`);
      if (!admitted.permissions.has('ActivityFeed.Read'))
        return refused(
          401,
          'AF10001',
          'The permission set () sent in the request did not include the expected permission ActivityFeed.Read.',
        );
      if (rate.take() !== null) return refused(429, 'AF429', 'Too many requests.');
      return route(request);
    },
  };
};
