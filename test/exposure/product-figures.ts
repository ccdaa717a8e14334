/** What the program prints of a case, brought into the shape in which it is compared. */
import assert from 'node:assert/strict';
import type { World } from '../commands/run-mia.ts';
import { sortedGaps, type Figures, type MailboxFigures, type MessageFigures } from './figures.ts';
import type { PlainGap } from './plain-gaps.ts';

interface PrintedMailbox extends Record<keyof MailboxFigures['counts'], number> {
  readonly guid: string;
  readonly gaps: readonly PlainGap[];
  readonly syncedFolders: readonly string[];
  readonly presumedWhole: readonly string[];
  readonly firstAttributed: string | null;
  readonly lastAttributed: string | null;
  readonly benignSyncedFolders: number;
  readonly receivedAfterLastAttributed: number | null;
}

export interface PrintedSummary {
  readonly headline: Figures['headline'];
  readonly recorded: number;
  readonly namedNotBenign: number;
  readonly beyond: readonly { readonly reason: string; readonly number: number }[];
  readonly outsideWindow: Figures['outsideWindow'];
  readonly byRule: { readonly records: number };
  readonly messages: Figures['counts'];
  readonly unidentified: Figures['withoutId'];
  readonly contested: number;
  readonly mailboxes: readonly PrintedMailbox[];
}

export interface PrintedMessage {
  readonly mailbox: { readonly guid: string };
  readonly internetMessageId: string | null;
  readonly itemId: string | null;
  readonly firstAccess: string;
  readonly lastAccess: string;
  readonly accesses: number;
  readonly intruder: MessageFigures['intruder'];
  readonly sessions: readonly { readonly key: string; readonly verdict: string | null }[];
  readonly class: MessageFigures['class'];
  readonly presumedBy: readonly string[];
  readonly openBecause: string | null;
  readonly contested: boolean;
  readonly receivedAfterLastAttributed: boolean;
}

/** `mia.exposure`, as far as it is compared. */
export interface PrintedExport {
  readonly summary: PrintedSummary;
  readonly messages: readonly PrintedMessage[];
}

const mailboxFigures = (one: PrintedMailbox): MailboxFigures => ({
  counts: {
    confirmed: one.confirmed,
    presumed: one.presumed,
    open: one.open,
    benignOnly: one.benignOnly,
  },
  gaps: sortedGaps(
    one.gaps.map(({ kind, from, to, matters, rebutted }) => ({
      kind,
      from,
      to,
      matters,
      rebutted,
    })),
  ),
  syncedFolders: one.syncedFolders.toSorted(),
  presumedWhole: one.presumedWhole,
  firstAttributed: one.firstAttributed,
  lastAttributed: one.lastAttributed,
  benignSyncedFolders: one.benignSyncedFolders,
  receivedAfterLastAttributed: one.receivedAfterLastAttributed,
});

const messageFigures = (one: PrintedMessage): MessageFigures => ({
  class: one.class,
  presumedBy: one.presumedBy,
  openBecause: one.openBecause,
  contested: one.contested,
  receivedAfterLastAttributed: one.receivedAfterLastAttributed,
  intruder: one.intruder,
  anyone: { first: one.firstAccess, last: one.lastAccess, accesses: one.accesses },
  sessions: one.sessions.map(({ key, verdict }) => `${key} ${verdict}`).sort(),
});

const messagesByName = (messages: readonly PrintedMessage[]): Figures['messages'] =>
  Object.fromEntries(
    messages.map((one) => [
      `${one.mailbox.guid} ${one.internetMessageId ?? ` ${one.itemId}`}`,
      messageFigures(one),
    ]),
  );

/** One document of the program; a run that fails, fails the test. */
export const printed = async <Document>(
  world: World,
  ...argv: readonly string[]
): Promise<Document> => {
  const { code, stdout, stderr } = await world.mia(...argv);
  assert.equal(code, 0, `${argv.join(' ')}: ${stderr}`);
  return JSON.parse(stdout) as Document;
};

const summaryFigures = (summary: PrintedSummary): Omit<Figures, 'messages'> => ({
  mailboxes: Object.fromEntries(summary.mailboxes.map((one) => [one.guid, mailboxFigures(one)])),
  counts: summary.messages,
  withoutId: summary.unidentified,
  contested: summary.contested,
  headline: summary.headline,
  recorded: summary.recorded,
  namedNotBenign: summary.namedNotBenign,
  beyond: Object.fromEntries(summary.beyond.map(({ reason, number }) => [reason, number])),
  outsideWindow: summary.outsideWindow,
  byRule: summary.byRule.records,
});

export interface ProductFigures {
  /** From `mia summary` and `mia messages`. */
  readonly listed: Figures;
  /** From `mia export`: its summary, and the marked set alone. */
  readonly exported: Figures;
}

export const productFigures = async (world: World): Promise<ProductFigures> => {
  const summary = await printed<PrintedSummary>(world, 'summary', '--json');
  const { messages } = await printed<{ readonly messages: readonly PrintedMessage[] }>(
    world,
    ...['messages', '--json'],
  );
  const out = await printed<PrintedExport>(world, 'export', '--format', 'json');
  return {
    listed: { ...summaryFigures(summary), messages: messagesByName(messages) },
    exported: { ...summaryFigures(out.summary), messages: messagesByName(out.messages) },
  };
};
