import type { ExportFormat } from '../console/effect.ts';
import type { ConsoleRequest, AuthenticationChoice, TenantKnown } from '../console/tenant.ts';
import { exportInThread } from '../case/export/export-in-thread.ts';
import type { FetchEvent } from '../acquire/fetch/fetch-work.ts';
import { fetchInThread, type FetchOrder } from '../acquire/fetch/fetch-records.ts';
import type { ImportEvent } from '../import/import-events.ts';
import { importPaths } from '../import/import-paths.ts';
import { lookupInThread, type LookupThread } from '../acquire/lookup/lookup-in-thread.ts';
import { openCaseClient, type CaseClient } from '../case/case-client.ts';
import { shareTokens } from '../acquire/authenticate/shared-tokens.ts';
import { authenticationStated } from '../acquire/authenticate/authenticate.ts';

export interface TenantCall {
  readonly request: ConsoleRequest;
  readonly authentication: AuthenticationChoice;
  /** Asks the person for something that must not be seen. */
  readonly askHidden: (question: string) => Promise<string | null>;
}

export interface LookupCall extends Omit<TenantCall, 'request'> {
  /** In the mailboxes too, where the trace has nothing. */
  readonly mailbox: boolean;
}

/** A case and the jobs that work on it, as the console needs them. */
export interface ConsoleCase {
  readonly client: CaseClient;
  readonly importer: (paths: readonly string[], signal: AbortSignal) => AsyncIterable<ImportEvent>;
  readonly fetcher: (request: TenantCall, signal: AbortSignal) => AsyncIterable<FetchEvent>;
  readonly looker: (request: LookupCall, signal: AbortSignal) => LookupThread;
  /** What case and environment say of the tenant. */
  readonly tenant: () => Promise<TenantKnown>;
  /** The next job in the tenant signs in anew; those that run go on. */
  readonly forgetAuthentication: () => void;
  /** It goes when the console does. */
  readonly temporary: boolean;
  /** Resolves to the files written; rejects with the signal's reason when aborted. */
  readonly exporter: (
    request: { readonly format: ExportFormat; readonly path: string },
    signal: AbortSignal,
  ) => Promise<readonly string[]>;
  /** Closes the case, and takes away what was temporary. */
  readonly close: () => Promise<void>;
}

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

/** The sign-ins of whoever acted in the sessions of the case. */
async function* fetchSignIns(
  client: CaseClient,
  order: Omit<FetchOrder, 'request' | 'clock' | 'openBrowser'>,
): AsyncGenerator<FetchEvent> {
  const { asked, leftOut } = await client.tenant.signInsToAsk();
  const names = leftOut.join(', ');
  if (names !== '')
    yield { event: 'note', text: `Not asked for, having neither a user name nor an id: ${names}.` };
  yield* fetchInThread({ ...order, request: { request: 'new', asked, api: 'signIns' } });
}

/**
 * Opens a case folder with threads for its questions, imports and exports.
 * @throws Problem where it can't be opened.
 */
export const openConsoleCase = async (which: CaseToOpen): Promise<ConsoleCase> => {
  const { folder, newCase = false, analyst, toolVersion, variables } = which;
  const client = await openCaseClient({ folder, analyst, newCase });
  const signIns = shareTokens();
  const inTenant = (authentication: AuthenticationChoice) => ({
    ...{ folder, remember: false, anew: false, analyst: client.analyst },
    flags: { ...authentication, cloud: null },
    shared: signIns,
    // A copy: the environment itself can't cross into a thread.
    variables: { ...variables },
  });
  return {
    client,
    // Who the decisions are by, imports are by too: the name given, else that of the case.
    importer: (paths, signal) =>
      importPaths({ folder, paths, keep: true, analyst: client.analyst, signal }),
    async *fetcher({ request, authentication, askHidden }, signal) {
      const order = { ...inTenant(authentication), askHidden, signal };
      if (request.request === 'sign-ins') yield* fetchSignIns(client, order);
      else yield* fetchInThread({ ...order, request });
    },
    looker: ({ authentication, askHidden, mailbox }, signal) =>
      lookupInThread({
        ...inTenant(authentication),
        ...{ askHidden, signal, mailbox, again: false, thorough: false },
      }),
    async tenant() {
      const { unfinished, grown, settings } = await client.tenant.fetches();
      return { unfinished, grown, stated: authenticationStated(variables, settings) };
    },
    forgetAuthentication: signIns.forget,
    temporary: which.temporary,
    exporter: ({ format, path }, signal) =>
      exportInThread(
        {
          folder,
          analyst,
          readOnly: client.readOnly,
          format,
          path,
          intoFolder: format === 'csv',
          toolVersion,
        },
        signal,
      ),
    async close() {
      await client.close();
      which.afterwards?.();
    },
  };
};
