import { authenticationStated } from '../acquire/authenticate/authenticate.ts';
import { type SharedTokenStore, shareTokens } from '../acquire/authenticate/shared-tokens.ts';
import { type CaseClient, openCaseClient } from '../case/case-client.ts';
import type { AuthenticationChoice, TenantKnown } from '../console/tenant.ts';

export interface CaseToOpen {
  readonly folder: string;
  /** Also in a folder that holds other files and no case. */
  readonly newCase?: boolean;
  readonly analyst: string | null;
  readonly toolVersion: string;
  /** Of the environment, for signing in: what stands in them may be secret. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** It goes when the console does: nothing is fetched into it. */
  readonly temporary: boolean;
  /** Called once the case is closed. */
  readonly afterwards?: () => void;
}

/** A case that the console has open, and what its jobs are started with. */
export interface ConsoleCase extends Omit<CaseToOpen, 'newCase' | 'afterwards'> {
  readonly client: CaseClient;
  /** Of the jobs in the tenant: who signed in once is not asked again. */
  readonly tokens: SharedTokenStore;
  /** Closes the case, and takes away what was temporary. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a case folder, with threads for its questions.
 * @throws Problem where it can't be opened.
 */
export const openConsoleCase = async (toOpen: CaseToOpen): Promise<ConsoleCase> => {
  const { newCase = false, afterwards, ...opened } = toOpen;
  const { folder, analyst } = opened;
  const client = await openCaseClient({ folder, analyst, newCase });
  return {
    ...opened,
    client,
    tokens: shareTokens(),
    async close() {
      await client.close();
      afterwards?.();
    },
  };
};

/** How each job in the tenant of a case is started. */
export const tenantJob = (
  { folder, client, tokens, variables }: ConsoleCase,
  authentication: AuthenticationChoice,
) => ({
  ...{ folder, remember: false, anew: false, analyst: client.analyst },
  flags: { ...authentication, cloud: null },
  shared: tokens,
  // A copy: the environment itself can't cross into a thread.
  variables: { ...variables },
});

/** What case and environment say of the tenant. */
export const tenantKnown = async ({ client, variables }: ConsoleCase): Promise<TenantKnown> => {
  const { unfinished, grown, settings } = await client.tenant.fetches();
  return { unfinished, grown, stated: authenticationStated(variables, settings) };
};
