import type { LookUpOrder } from './lookup-order.ts';
import type { LookUpWay } from './lookup-way.ts';
import type { LookUpWork } from './lookup-work.ts';
import { mailboxWay } from './mailbox-way.ts';

/** The ways that are tried after message trace, where somebody asked for them. */
export const optedInWays =
  ({ mailbox }: Pick<LookUpOrder, 'mailbox'>) =>
  (work: LookUpWork): readonly LookUpWay[] =>
    mailbox ? [mailboxWay(work)] : [];
