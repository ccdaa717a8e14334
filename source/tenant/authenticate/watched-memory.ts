import type { ICachePlugin } from '@azure/msal-node';
import type { OpenedMemory } from './remembered.ts';

export interface WatchedMemory extends OpenedMemory {
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
