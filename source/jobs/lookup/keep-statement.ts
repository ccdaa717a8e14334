import type { PastLookUp } from '../../domain/past-look-up.ts';
import { changeCaseFile, readCaseFile } from '../../store/case-file.ts';
import { openCaseFolder } from '../../store/case-folder.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { analystOf } from '../analyst.ts';
import type { BegunLookUp } from './begun-look-up.ts';
import type { LookUpOrder } from './look-up-messages.ts';
import type { LookUpStatement } from './look-up-events.ts';

/**
 * Writes into case.json what can be said of a look-up that ends, so that it stands in every export.
 * One that had nothing to ask, since all was known, is not worth a word.
 */
export const keepStatement = (
  order: LookUpOrder,
  { work }: Pick<BegunLookUp, 'work'>,
  { startedAt, outcome }: Pick<PastLookUp, 'startedAt' | 'outcome'>,
  statement: LookUpStatement,
): void => {
  if (statement.requests === 0 && statement.refused.length === 0) return;
  const folder = openCaseFolder(order.folder, { create: false });
  const { client, clock } = work;
  const past: PastLookUp = {
    startedAt,
    endedAt: isoTime(clock.now()),
    outcome,
    cloud: client.cloud.name,
    tenantId: client.tenantId,
    account: client.account.name,
    clientId: client.clientId,
    analyst: analystOf(order.analyst, readCaseFile(folder).analyst),
    again: order.again,
    thorough: order.thorough,
    mailboxes: order.mailbox,
    statement,
  };
  changeCaseFile(folder, (before) => ({ ...before, lookUps: [...before.lookUps, past] }));
};
