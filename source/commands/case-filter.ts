import {
  type CaseFilter,
  type FilterValue,
  readFilterAddress,
  readFilterApplication,
  readFilterText,
} from '../domain/sessions/case-filter.ts';
import { EXPOSURE_CLASSES } from '../domain/exposure/exposure-class.ts';
import { Problem } from '../domain/problem.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { Case } from '../case/case.ts';
import { flagAsTyped, type FlagName, type Flags } from './flags.ts';
import { foundByKeys, resolvedKeys } from './key-resolution.ts';
import { checkMailboxes } from './mailbox-choice.ts';
import { momentRange } from './moment.ts';
import { UsageError } from './usage-error.ts';

/** What selects contexts; several values of one flag are alternatives, different flags must all match. */
export const SELECTING_FLAGS = [
  'session',
  'user',
  'ip',
  'app',
  'mailbox',
] as const satisfies readonly FlagName[];

export const SESSION_FILTERS = [
  ...SELECTING_FLAGS,
  'since',
  'until',
  'verdict',
] as const satisfies readonly FlagName[];

const VERDICTS = ['malicious', 'benign', 'mixed', 'undecided'] as const;

/** Values of a flag; wrong ones are wrong usage, since they would match nothing in silence. */
const valuesOf = (
  flags: Flags,
  name: FlagName,
  read: (typed: string) => FilterValue,
): readonly string[] =>
  (flags.lists[name] ?? []).flatMap((typed) => {
    const found = read(typed);
    if ('problem' in found)
      throw new UsageError(`${flagAsTyped(name)}: ${found.problem}`, 'See --help.');
    return found.values;
  });

/** An address or CIDR as typed, in its one spelling. */
export const addressFlag = (typed: string): string => {
  const found = readFilterAddress(typed);
  if ('problem' in found) throw new UsageError(`--ip: ${found.problem}`, 'See --help.');
  return found.values[0] ?? '';
};

const given = (values: readonly string[]): readonly string[] | undefined =>
  values.length === 0 ? undefined : values;

/** Only what is there, since an absent filter is an absent property. */
const withoutAbsent = (filter: {
  readonly [Name in keyof CaseFilter]: CaseFilter[Name] | undefined;
}): CaseFilter =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));

/**
 * The filter of the flags as typed; `keys` are as typed too, `filterInCase` finds what they stand for.
 * @throws UsageError for a value that can match nothing by its form.
 */
export const caseFilter = (flags: Flags): CaseFilter => {
  const { verdict, class: exposure } = flags.texts;
  const { from, to } = momentRange(flags, 'since', 'until');
  return withoutAbsent({
    keys: given(valuesOf(flags, 'session', readFilterText)),
    users: given(valuesOf(flags, 'user', readFilterText)),
    addresses: given(valuesOf(flags, 'ip', readFilterAddress)),
    apps: given(valuesOf(flags, 'app', readFilterApplication)),
    mailboxes: given(valuesOf(flags, 'mailbox', readFilterText)),
    since: from ?? undefined,
    until: to ?? undefined,
    verdict: VERDICTS.find((one) => one === verdict),
    class: EXPOSURE_CLASSES.find((one) => one === exposure),
  });
};

/**
 * The same with the keys that KEYs stand for.
 * @throws Problem where the case has no such session, context or mailbox: an empty list would look
 * like a mailbox that nobody touched.
 */
export const filterInCase = (
  theCase: Case,
  filter: CaseFilter,
  find: typeof foundByKeys = foundByKeys,
): CaseFilter => {
  checkMailboxes(theCase, filter.mailboxes ?? []);
  return filter.keys === undefined ? filter : { ...filter, keys: find(theCase, filter.keys) };
};

const SELECTING: readonly (readonly [keyof CaseFilter, FlagName])[] = [
  ['users', 'user'],
  ['addresses', 'ip'],
  ['apps', 'app'],
];

/** A value that no context matches would be left out in silence beside one that does. */
const refuseUnmatched = (theCase: Case, flags: Flags): void => {
  for (const [kind, name] of SELECTING)
    for (const typed of flags.lists[name] ?? []) {
      const one = caseFilter({ texts: {}, switches: {}, lists: { [name]: [typed] } });
      if (theCase.matches({ [kind]: one[kind] })) continue;
      throw new Problem(
        `Nothing in the case came from ${forTerminal(typed)} (${flagAsTyped(name)}). Nothing was changed.`,
        '`mia sessions` lists what there is.',
      );
    }
};

/**
 * For `mia mark`: what the selecting flags select.
 * @throws Problem where one of the values matches nothing.
 */
export const selectionInCase = (theCase: Case, flags: Flags): CaseFilter => {
  const filter = filterInCase(theCase, caseFilter(flags), (_, keys) => {
    const { sessions, contexts } = resolvedKeys(theCase, keys);
    return [...sessions, ...contexts];
  });
  refuseUnmatched(theCase, flags);
  return filter;
};
