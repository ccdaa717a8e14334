import type { TestContext } from 'node:test';
import { openCaseClient, type CaseClient } from '../../source/case/case-client.ts';

/** Long enough for the slowest machine; a change is promised within two seconds. */
const DEADLINE = 20_000;

/** A case client in its thread, closed with the test. */
export const clientOn = async (
  context: Pick<TestContext, 'after'>,
  folder: string,
): Promise<CaseClient> => {
  const client = await openCaseClient({ folder, analyst: 'tester' });
  context.after(() => client.close());
  return client;
};

/** Resolves once `holds`, looked at now and after each change that the client tells of. */
export const changedUntil = (client: CaseClient, holds: () => Promise<boolean>): Promise<void> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no change came')), DEADLINE);
    const look = (): void => {
      holds().then((held) => {
        if (!held) return;
        clearTimeout(late);
        resolve();
      }, reject);
    };
    client.onChanged(look);
    look();
  });
