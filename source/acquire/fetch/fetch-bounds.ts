import { Problem } from '../../domain/problem.ts';
import type { TenantClient } from '../../tenant/client.ts';
import { type Attempt, TenantRefusal } from '../../tenant/http/refusal.ts';

/** How much one run of a fetch takes at most, beside what each list is bounded by (tenant/page-bounds.ts). */
export interface FetchBounds {
  /** Queries in any 24 hours, of all fetches of the case: a tenant takes some 200 of everybody (`tenant.md` 1.3). */
  readonly queriesADay: number;
  readonly requests: number;
  /** Of all answers. */
  readonly bytes: number;
}

export const FETCH_BOUNDS: FetchBounds = {
  queriesADay: 150,
  requests: 100_000,
  bytes: 64 * 2 ** 30,
};

/** A bound was reached: what came is kept, and `--resume` begins to count anew. */
export class BoundReached extends Problem {}

/** The client, for as many requests and bytes as the bounds allow. */
export const boundedClient = (
  client: TenantClient,
  { requests, bytes }: FetchBounds,
): TenantClient => {
  const spent = { requests: 0, bytes: 0 };
  const spend = (attempts: readonly Attempt[]): void => {
    spent.requests += attempts.length;
    for (const attempt of attempts) spent.bytes += attempt.bytes;
  };
  const within = async <Answer extends { readonly attempts: readonly Attempt[] }>(
    ask: () => Promise<Answer>,
  ): Promise<Answer> => {
    if (spent.requests >= requests || spent.bytes >= bytes)
      throw new BoundReached(
        spent.requests >= requests
          ? `This fetch has sent ${spent.requests.toLocaleString('en')} requests, which is more than any should take.`
          : `This fetch was given ${Math.round(spent.bytes / 2 ** 20).toLocaleString('en')} MiB, which is more than any should take.`,
        'Look at what came (mia sources); where it is right, mia fetch --resume goes on.',
      );
    try {
      const answer = await ask();
      spend(answer.attempts);
      return answer;
    } catch (error) {
      if (error instanceof TenantRefusal) spend(error.attempts);
      throw error;
    }
  };
  return {
    ...client,
    get: (path, options) => within(() => client.get(path, options)),
    post: (path, body, options) => within(() => client.post(path, body, options)),
  };
};
