import type { TestContext } from 'node:test';
import { startCaseService, type FollowedCase } from '../../source/case/start-case-service.ts';

/** Long enough for the slowest machine; a change is promised within two seconds. */
const DEADLINE = 20_000;

/** A case service in its thread, closed with the test. */
export const serviceOn = async (
  context: Pick<TestContext, 'after'>,
  folder: string,
): Promise<FollowedCase> => {
  const service = await startCaseService({ folder, analyst: 'tester' });
  context.after(() => service.close());
  return service;
};

/** Resolves once `holds`, looked at now and after each change that the service tells of. */
export const changedUntil = (service: FollowedCase, holds: () => Promise<boolean>): Promise<void> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no change came')), DEADLINE);
    const look = (): void => {
      holds().then((held) => {
        if (!held) return;
        clearTimeout(late);
        resolve();
      }, reject);
    };
    service.onChanged(look);
    look();
  });
