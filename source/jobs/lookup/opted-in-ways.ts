import type { LookUpOrder } from './look-up-messages.ts';
import type { LookUpWay } from './look-up-way.ts';
import type { LookUpWork } from './look-up-work.ts';

/** The ways that are tried after message trace, where somebody asked for them. */
export const optedInWays =
  (_order: Pick<LookUpOrder, 'mailbox'>) =>
  (_work: LookUpWork): readonly LookUpWay[] => [];
