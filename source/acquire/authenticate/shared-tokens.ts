/** One sign-in for all jobs of a program that work in the same tenant, each in a thread of its own. */
import type { AuthenticationSettings } from '../../tenant/authenticate/settings.ts';

/** What signs in again without asking a person. In memory only: in no event, no log and no case. */
export interface Credentials {
  /** As msal-node writes them; null: of an application, which has its secret. */
  readonly tokens: string | null;
  /** As it was typed; null: none was asked for. */
  readonly clientSecret: string | null;
}

/** `refused`: what was known is good for nothing any more. `unchanged`: nothing new is known. */
export type AuthenticationOutcome = Credentials | 'refused' | 'unchanged';

export interface AuthenticationTurn {
  readonly known: Credentials | null;
  /** Lets the next one sign in; only the first call counts. */
  readonly end: (outcome: AuthenticationOutcome) => void;
}

export interface SharedTokens {
  /**
   * Resolves as soon as nobody else is signing in as the same application to the same tenant: two
   * codes for one person at a time would be one too many.
   */
  readonly turn: (identity: string) => Promise<AuthenticationTurn>;
}

/** What sign-ins must have in common to share their tokens. */
export const tokenIdentity = ({
  cloud,
  tenant,
  clientId,
  method,
}: AuthenticationSettings): string =>
  JSON.stringify([cloud.authority, cloud.graph, tenant, clientId, method]);

export interface SharedTokenStore extends SharedTokens {
  /** Whoever signs in next does it anew; what a sign-in comes to that goes on now is not kept either. */
  readonly forget: () => void;
}

/** For as long as the program runs. */
export const shareTokens = (): SharedTokenStore => {
  const known = new Map<string, Credentials>();
  const lastTurn = new Map<string, Promise<void>>();
  let forgotten = 0;
  return {
    async turn(identity) {
      const before = lastTurn.get(identity);
      const { promise, resolve } = Promise.withResolvers<void>();
      lastTurn.set(identity, promise);
      await before;
      let over = false;
      const since = forgotten;
      return {
        known: known.get(identity) ?? null,
        end(outcome) {
          if (over) return;
          over = true;
          if (outcome === 'refused') known.delete(identity);
          else if (outcome !== 'unchanged' && since === forgotten) known.set(identity, outcome);
          resolve();
        },
      };
    },
    forget() {
      forgotten += 1;
      known.clear();
    },
  };
};
