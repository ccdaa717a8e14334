import type { Gap, MailboxExposure } from '../../domain/exposure/exposure.ts';
import type { Overview } from '../../case/overview.ts';
import type { Position } from './short-list.ts';

/** What one can move over in the Exposure pane. */
export type ExposureRow = { readonly key: string } & (
  | { readonly row: 'case'; readonly overview: Overview }
  | { readonly row: 'mailbox'; readonly mailbox: MailboxExposure }
  | { readonly row: 'gap'; readonly mailbox: MailboxExposure; readonly gap: Gap }
);

const mailboxKey = (mailbox: MailboxExposure): string => mailbox.guid ?? mailbox.owner ?? '';

const gapRows = (mailbox: MailboxExposure): readonly ExposureRow[] =>
  mailbox.gaps.map((gap) => ({
    key: `${mailboxKey(mailbox)} ${gap.from} ${gap.to} ${gap.kind}`,
    row: 'gap',
    mailbox,
    gap,
  }));

/** What is confirmed weighs most, then what is presumed; the rest as it came. */
const worstFirst = (one: MailboxExposure, other: MailboxExposure): number =>
  other.confirmed - one.confirmed || other.presumed - one.presumed || other.open - one.open;

/** The case, then each mailbox with its gaps below it, the worst first. */
export const exposureRows = (overview: Overview): readonly ExposureRow[] => [
  { key: 'case', row: 'case', overview },
  ...overview.summary.mailboxes
    .toSorted(worstFirst)
    .flatMap((mailbox): readonly ExposureRow[] => [
      { key: mailboxKey(mailbox), row: 'mailbox', mailbox },
      ...gapRows(mailbox),
    ]),
];

export const exposureRowUnderCursor = (state: {
  readonly exposureRows: readonly ExposureRow[];
  readonly exposure: Position;
}): ExposureRow | undefined => state.exposureRows.find((row) => row.key === state.exposure.key);
