import type { ICachePlugin } from '@azure/msal-node';
import { type Clock, unlessAborted } from '../http/clock.ts';
import type { TokenGiver } from '../http/tenant-requests.ts';
import type { Application, Granted } from './application.ts';
import { AuthenticationProblem } from './failure-words.ts';
import type { OpenedMemory } from './remembered.ts';

/** A token is exchanged this long before its end, or after three quarters of a short life. Milliseconds. */
const MARGIN = 120_000;

interface Held extends Granted {
  readonly freshUntil: number;
}

/** The token of one service: held in memory, renewed in time, and once for all who ask. */
export class TokenStore implements TokenGiver {
  readonly #application: Application;
  readonly #scope: string;
  readonly #clock: Clock;
  #held: Held | null = null;
  #renewal: Promise<Held> | null = null;

  constructor(application: Application, scope: string, clock: Clock) {
    this.#application = application;
    this.#scope = scope;
    this.#clock = clock;
  }

  hold(granted: Granted): void {
    this.#held = this.#heldFrom(granted);
  }

  async token(
    signal: AbortSignal,
    because?: { readonly refused: string; readonly claims: string | null },
  ): Promise<string> {
    const held = this.#held;
    const refused = because !== undefined && because.refused === held?.token;
    // Somebody else may have renewed it since the refusal.
    if (held !== null && !refused && held.freshUntil > this.#clock.now()) return held.token;
    this.#renewal ??= this.#renew(refused, because?.claims ?? null).finally(() => {
      this.#renewal = null;
    });
    return (await unlessAborted(this.#renewal, signal)).token;
  }

  async #renew(anew: boolean, claims: string | null): Promise<Held> {
    const granted = await this.#application.silently(this.#scope, { anew, claims });
    if (granted === null)
      throw new AuthenticationProblem('Nobody is signed in.', 'Run mia sign-in.', 'again');
    this.#held = this.#heldFrom(granted);
    return this.#held;
  }

  #heldFrom(granted: Granted): Held {
    const life = granted.expiresAt - this.#clock.now();
    return { ...granted, freshUntil: granted.expiresAt - Math.min(MARGIN, life / 4) };
  }
}

interface WatchedMemory extends OpenedMemory {
  /** All tokens, as msal-node writes them; null: nobody has signed in. */
  readonly tokens: () => string | null;
}

/**
 * A memory whose tokens can be handed on. `start`: what it begins with; null: nothing. `kept`: where
 * they are kept as well, and begin from; null: nowhere.
 */
export const watchedMemory = (start: string | null, kept: OpenedMemory | null): WatchedMemory => {
  let tokens = start;
  const cachePlugin: ICachePlugin = {
    async beforeCacheAccess(context) {
      if (kept !== null) await kept.cachePlugin.beforeCacheAccess(context);
      else if (tokens !== null) context.tokenCache.deserialize(tokens);
    },
    async afterCacheAccess(context) {
      tokens = context.tokenCache.serialize();
      await kept?.cachePlugin.afterCacheAccess(context);
    },
  };
  return { cachePlugin, tokens: () => tokens };
};
