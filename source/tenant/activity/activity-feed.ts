/** The Management Activity API (`tenant.md` 2): the last seven days of a tenant, unfiltered. */
import { isObject } from '../../domain/json.ts';
import { Problem } from '../../domain/problem.ts';
import type { AskOptions, TenantClient } from '../client.ts';
import { PageBounds } from '../page-bounds.ts';
import { TenantRefusal } from '../http/refusal.ts';
import type { TenantAnswer } from '../http/tenant-requests.ts';

type Asking = Omit<AskOptions, 'bucket' | 'service'>;

const DAY = 86_400_000;
/** What lies further back is refused. */
const REACH = 7 * DAY;
/** So near to its limit the tenant's clock may see it differently than ours. */
const MARGIN = 600_000;

const iso = (time: number): string => new Date(time).toISOString().slice(0, 19);

const feed = (client: TenantClient, path: string): string =>
  `/api/v1.0/${encodeURIComponent(client.tenantId)}/activity/feed/subscriptions/${path}` +
  `contentType=Audit.Exchange&PublisherIdentifier=${encodeURIComponent(client.tenantId)}`;

const asked = (options: Asking): AskOptions => ({
  ...options,
  bucket: 'activity',
  service: 'management',
});

/** So far back goes a feed that has only just been asked for [LIVE, not documented]. */
const BACKFILL = 22 * 3_600_000;

/** The start of what can be listed; milliseconds. `fresh`: the feed was not kept before. */
export const feedReach = (now: number, fresh = false): number =>
  now - (fresh ? BACKFILL : REACH) + MARGIN;

/** Windows of a day at most, from `from` on up to now: content is listed by when it was made. */
export const feedWindows = (
  from: number,
  now: number,
): readonly { readonly from: string; readonly to: string }[] => {
  const windows = [];
  for (let at = Math.max(from, feedReach(now)); at < now; at += DAY)
    windows.push({ from: iso(at), to: iso(Math.min(at + DAY, now)) });
  return windows;
};

/** Asks for the feed to be kept, which is a write; that it is kept already is as good. */
export const startSubscription = async (
  client: TenantClient,
  options: Asking,
): Promise<TenantAnswer | TenantRefusal> => {
  try {
    return await client.post(feed(client, 'start?'), null, { ...asked(options), repeatable: true });
  } catch (error) {
    if (error instanceof TenantRefusal && error.codes.includes('AF20024')) return error;
    throw error;
  }
};

/** Some records in one file of the tenant. */
export interface FeedContent {
  readonly id: string;
  readonly address: string;
}

/** null: it cannot be asked for. */
const contentsOf = ({ body }: TenantAnswer): readonly (FeedContent | null)[] => {
  const data: unknown = JSON.parse(Buffer.from(body).toString());
  if (!Array.isArray(data)) throw new SyntaxError('no list');
  return data.map((one: unknown) => {
    if (!isObject(one)) return null;
    const { contentId: id, contentUri: address } = one;
    return typeof id === 'string' && typeof address === 'string' ? { id, address } : null;
  });
};

/**
 * What the tenant has for one window, list after list; null: something that it does not say where, or
 * lists that have no end.
 */
export async function* listContent(
  client: TenantClient,
  window: { readonly from: string; readonly to: string },
  options: Asking,
  onAnswer: (answer: TenantAnswer) => void,
): AsyncGenerator<FeedContent | null> {
  const seen = new Set<string>();
  const ids = new Set<string>();
  const bounds = new PageBounds();
  let path: string | null =
    `${feed(client, 'content?')}&startTime=${window.from}&endTime=${window.to}`;
  while (path !== null) {
    // Lists that lead back to one of them have no end.
    if (seen.has(path)) return yield null;
    seen.add(path);
    const answer: TenantAnswer = await client.get(path, asked(options));
    onAnswer(answer);
    const before = ids.size;
    try {
      const contents = contentsOf(answer);
      for (const content of contents) if (content !== null) ids.add(content.id);
      yield* contents;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new Problem(
        'The activity feed lists its content in a way that mia does not understand.',
        'Try again.',
      );
    }
    path = answer.headers['nextpageuri'] ?? null;
    const fresh = ids.size - before;
    if (path !== null && bounds.take(fresh, answer.body.length) !== null) return yield null;
  }
}

/** One file of the feed: an array of AuditData, byte for byte. */
export const askContent = (
  client: TenantClient,
  { address }: FeedContent,
  options: Asking,
): Promise<TenantAnswer> => client.get(address, asked(options));
