import type { LookUpOrder } from './look-up-order.ts';
import type { LookUpWay } from './look-up-way.ts';
import type { LookUpWork } from './look-up-work.ts';
import { mailboxWay } from './mailbox-way.ts';

/** The ways that are tried after message trace, where somebody asked for them. */
export const optedInWays =
  ({ mailbox }: Pick<LookUpOrder, 'mailbox'>) =>
  (work: LookUpWork): readonly LookUpWay[] =>
    mailbox ? [mailboxWay(work)] : [];
