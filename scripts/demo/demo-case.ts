import type { Access, CaseRow, OtherEvent } from '../generator/access.ts';
import { rowOf } from '../generator/audit-data.ts';
import { tracedAs } from '../generator/traces/traced-mail.ts';
import type { TracedMail } from '../generator/traces/traced-mail.ts';
import { gapsOf } from '../generator/truth-gaps.ts';
import { playIntruder } from './intruder.ts';
import type { IntruderSessions } from './intruder.ts';
import { playOwners } from './owners.ts';
import type { KnownSessions } from './owners.ts';
import { emptyStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { FIRST_DAY, LAST_DAY, september } from './zuiderlicht.ts';
import type { User } from './zuiderlicht.ts';

export interface DemoFile {
  readonly file: string;
  readonly rows: readonly CaseRow[];
}

export interface DemoCase {
  /** Two exports that overlap, so that some records come twice. */
  readonly audit: readonly DemoFile[];
  /** A message trace of two mailboxes, and a historical search for a third. */
  readonly traced: readonly TracedMail[];
  readonly historical: readonly TracedMail[];
  readonly intruder: IntruderSessions;
  readonly known: KnownSessions;
}

/** After a throttled record nothing of its mailbox is logged for 24 hours, whoever reads on. */
const withoutGaps = (
  events: readonly (Access | OtherEvent)[],
): readonly (Access | OtherEvent)[] => {
  const gaps = gapsOf(events.filter((event) => event.kind === 'access'));
  return events.filter(
    (event) =>
      event.kind === 'other' ||
      !gaps.some(({ mailboxGuid, from, to }) => {
        const at = event.at * 1000;
        return mailboxGuid === event.mailbox.guid && at > Date.parse(from) && at < Date.parse(to);
      }),
  );
};

const mailboxOf = ({ record }: CaseRow): string => String(record['MailboxGuid'] ?? '');

const tracedMail = (stage: Stage, users: readonly User[], from: number): TracedMail[] =>
  users.flatMap((user) =>
    stage
      .mailOf(user)
      .filter((mail) => mail.sentAt >= from && mail.folder.role !== 'drafts' && !mail.unidentified)
      .map((mail) =>
        tracedAs(mail, { receivedAt: mail.sentAt + 4, incoming: mail.folder.role !== 'sent' }),
      ),
  );

export const demoCase = (): DemoCase => {
  const stage = emptyStage();
  const known = playOwners(stage);
  const intruder = playIntruder(stage);
  const rows = withoutGaps(stage.events)
    .filter(({ at }) => at < september(LAST_DAY, '10:30:00'))
    .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .map(rowOf);
  // One search a mailbox, one after another, as such exports are made (and smaller in .gz).
  const during = (from: number, to: number): readonly CaseRow[] =>
    rows
      .filter(({ entry }) => entry.at >= from && entry.at < to)
      .toSorted((a, b) => mailboxOf(a).localeCompare(mailboxOf(b), 'en'));
  return {
    audit: [
      {
        file: 'purview-audit-2026-09-10-to-18.csv.gz',
        rows: during(september(FIRST_DAY, '00:00:00'), september(19, '00:00:00')),
      },
      {
        file: 'purview-audit-2026-09-17-to-24.csv.gz',
        rows: during(september(17, '12:00:00'), september(25, '00:00:00')),
      },
    ],
    // Traces reach 90 days back; the historical search was asked for the last month.
    traced: tracedMail(
      stage,
      ['g.jacobs', 'finance'],
      september(LAST_DAY, '00:00:00') - 90 * 86400,
    ),
    historical: tracedMail(stage, ['m.visser'], september(LAST_DAY, '00:00:00') - 30 * 86400),
    intruder,
    known,
  };
};
