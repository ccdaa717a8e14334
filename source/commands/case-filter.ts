import { readAddressRange } from '../domain/address-range.ts';
import { EXPOSURE_CLASSES } from '../domain/message.ts';
import type { CaseFilter } from '../jobs/case-service.ts';
import type { FlagName, Flags } from './flags.ts';
import { momentRange } from './moment.ts';
import { UsageError } from './usage-error.ts';

export const SESSION_FILTERS = [
  'user',
  'ip',
  'since',
  'until',
  'verdict',
] as const satisfies readonly FlagName[];

const VERDICTS = ['malicious', 'benign', 'mixed', 'undecided'] as const;

/** An address or CIDR as typed; wrong ones are wrong usage, since they would match nothing in silence. */
export const addressFlag = (typed: string): string => {
  const range = readAddressRange(typed);
  if ('problem' in range) throw new UsageError(`--ip: ${range.problem}`, 'See --help.');
  return range.of === 'network' ? range.cidr : range.address;
};

/** Filter flags of `mia sessions` and `mia messages`; all must match. */
export const caseFilter = (flags: Flags): CaseFilter => {
  const { user, ip, verdict, class: exposure } = flags.texts;
  const { from, to } = momentRange(flags, 'since', 'until');
  const verdictWanted = VERDICTS.find((one) => one === verdict);
  const classWanted = EXPOSURE_CLASSES.find((one) => one === exposure);
  return {
    ...(user === undefined ? {} : { user }),
    ...(ip === undefined ? {} : { ip: addressFlag(ip) }),
    ...(from === null ? {} : { since: from }),
    ...(to === null ? {} : { until: to }),
    ...(verdictWanted === undefined ? {} : { verdict: verdictWanted }),
    ...(classWanted === undefined ? {} : { class: classWanted }),
  };
};
