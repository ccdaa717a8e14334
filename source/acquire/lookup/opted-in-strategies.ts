import type { LookupOrder } from './lookup-order.ts';
import type { LookupStrategy } from './lookup-strategy.ts';
import type { LookupWork } from './lookup-work.ts';
import { mailboxStrategy } from './mailbox-strategy.ts';

/** The ways that are tried after message trace, where somebody asked for them. */
export const optedInStrategies =
  ({ mailbox }: Pick<LookupOrder, 'mailbox'>) =>
  (work: LookupWork): readonly LookupStrategy[] =>
    mailbox ? [mailboxStrategy(work)] : [];
