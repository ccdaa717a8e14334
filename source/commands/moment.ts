import { utcIso } from '../domain/utc-time.ts';
import { flagAsTyped, type FlagName, type Flags } from './flags.ts';
import { UsageError } from './usage-error.ts';

/** A time as typed: ISO 8601, UTC where no zone is given, a date alone is its midnight. */
export const momentFlag = (flags: Flags, name: FlagName): string | null => {
  const typed = flags.texts[name];
  if (typed === undefined) return null;
  const dateAlone = /^\d{4}-\d\d-\d\d$/.test(typed.trim());
  const moment = utcIso(dateAlone ? `${typed.trim()}T00:00:00` : typed);
  if (moment !== null) return moment;
  throw new UsageError(
    `${flagAsTyped(name)}: "${typed}" is no time.`,
    'Write it as 2026-09-24, 2026-09-24T14:13 or 2026-09-24T14:13:44+02:00 (UTC where no zone is said).',
  );
};

/** Two times, the first before the second where both are given. */
export const momentRange = (
  flags: Flags,
  from: FlagName,
  to: FlagName,
): { readonly from: string | null; readonly to: string | null } => {
  const range = { from: momentFlag(flags, from), to: momentFlag(flags, to) };
  if (range.from !== null && range.to !== null && Date.parse(range.from) >= Date.parse(range.to))
    throw new UsageError(
      `${flagAsTyped(from)} is not before ${flagAsTyped(to)}.`,
      'Swap them, or leave one out.',
    );
  return range;
};
