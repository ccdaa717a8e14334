/** What makes cases hard: each of these has to occur among them, or their agreeing would say little. */
import type { Figures } from './figures.ts';

const TRAITS: Readonly<Record<string, (figures: Figures) => boolean>> = {
  ...Object.fromEntries(
    ['confirmed', 'presumed', 'open', 'benignOnly'].flatMap((name) => [
      [`${name} messages`, (figures: Figures) => figures.counts[name as 'open'] > 0],
      [`${name} without id`, (figures: Figures) => figures.withoutId[name as 'open'] > 0],
    ]),
  ),
  ...Object.fromEntries(
    ['undecided', 'contested', 'repeat'].map((why) => [
      `open for ${why}`,
      ({ messages }: Figures) => Object.values(messages).some((one) => one.openBecause === why),
    ]),
  ),
  ...Object.fromEntries(
    [['folder', 'sync'], ['folder', 'sync', 'gap'], ['sync'], ['gap'], ['folder']].map((by) => [
      `presumed by ${by.join(' and ')}`,
      ({ messages }: Figures) =>
        Object.values(messages).some((one) => one.presumedBy.join() === by.join()),
    ]),
  ),
  ...Object.fromEntries(
    ['throttled', 'suspected', 'unreadable'].flatMap((kind) =>
      [true, false].map((matters) => [
        `${kind} gap that ${matters ? 'matters' : 'does not matter'}`,
        ({ mailboxes }: Figures) =>
          Object.values(mailboxes).some(({ gaps }) =>
            gaps.some((gap) => gap.kind === kind && gap.matters === matters),
          ),
      ]),
    ),
  ),
  ...Object.fromEntries(
    [
      ...['presumedWhole', 'gap', 'suspectedGap', 'itemsMissing', 'withoutId', 'damagedRows'],
      ...['conflicts', 'itemlessSource'],
    ].map((reason) => [`beyond: ${reason}`, ({ beyond }: Figures) => (beyond[reason] ?? 0) > 0]),
  ),
  'a rebutted gap that matters': ({ mailboxes }) =>
    Object.values(mailboxes).some(({ gaps }) =>
      gaps.some(({ matters, rebutted }) => matters && rebutted),
    ),
  'a rebutted Sync': ({ mailboxes }) =>
    Object.values(mailboxes).some(
      ({ syncedFolders, presumedWhole }) =>
        syncedFolders.length > 0 && !presumedWhole.includes('sync'),
    ),
  'messages received after the last attributed access': ({ mailboxes }) =>
    Object.values(mailboxes).some((one) => (one.receivedAfterLastAttributed ?? 0) > 0),
  'malicious records outside the window': ({ outsideWindow }) => outsideWindow !== null,
  'records malicious by rule': ({ byRule }) => byRule > 0,
  'the intruder beside the owner': ({ messages }) =>
    Object.values(messages).some(
      ({ intruder, anyone }) => intruder !== null && intruder.accesses < anyone.accesses,
    ),
  'other mailboxes not yet judged': ({ headline }) => headline.notJudged.others > 0,
  'log missing in several mailboxes': ({ headline }) => headline.logMissingMailboxes > 1,
};

/** By trait, in how many of the cases it occurs. */
export const traitCounts = (cases: readonly Figures[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(TRAITS).map(([name, holds]) => [name, cases.filter(holds).length]),
  );
