import type { Gap } from '../domain/exposure/exposure.ts';
import { Problem } from '../domain/problem.ts';
import { withCase } from './case-choice.ts';
import type { Case } from '../case/case.ts';
import type { Command, ExitCode, Invocation } from './command.ts';
import { reportDecision } from './decision-report.ts';
import { onlyValue } from './flags.ts';
import { chosenMailbox } from './mailbox-choice.ts';
import { momentFlag } from './moment.ts';
import { UsageError } from './usage-error.ts';

/** The one gap that begins at `from`, or the only one there is. */
const chosenGap = (gaps: readonly Gap[], from: string | null, to: string | null): Gap => {
  const found = gaps.filter(
    (gap) => (from === null || gap.from === from) && (to === null || gap.to === to),
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new Problem(
    found.length > 1
      ? 'The mailbox has more than one gap. Nothing was changed.'
      : 'The mailbox has no such gap. Nothing was changed.',
    gaps.length === 0
      ? '`mia summary` lists the gaps of every mailbox.'
      : `Its gaps: ${gaps.map((gap) => `--from ${gap.from} --to ${gap.to}`).join(' · ')}`,
  );
};

/** Of the presumption that the mailbox was copied whole. */
const rebutCopy = async (
  invocation: Invocation,
  theCase: Case,
  mailbox: ReturnType<typeof chosenMailbox>,
  because: string,
): Promise<ExitCode> => {
  const rebutted = invocation.flags.switches.clear !== true;
  if (rebutted && mailbox.syncedFolders.length === 0)
    throw new Problem(
      'No malicious context synchronised a folder of this mailbox. Nothing was changed.',
      '`mia summary` lists what is presumed of each mailbox, and why.',
    );
  const outcome = theCase.judging.rebutSync(mailbox.guid, rebutted, because);
  const word = rebutted ? 'rebutted; its synchronised folders stay presumed' : 'no longer rebutted';
  return reportDecision(invocation, outcome, [`Mailbox copied whole: ${word}.`]);
};

export const rebut: Command = {
  name: 'rebut',
  summary: 'says, with a reason, that nothing was lost in a gap, or no mailbox copied',
  argumentsLine: '',
  details:
    'A gap that matters presumes all mail of its mailbox exposed. A rebuttal is a decision with a\n' +
    'reason, such as other logs that cover the time; --clear takes it back. With --sync it is of the\n' +
    'presumption that a mailbox was copied whole by a Sync, as where the device was examined: its\n' +
    'synchronised folders stay presumed, and a further malicious Sync brings the presumption back.\n' +
    'Where a malicious Sync names no folder it cannot be rebutted.',
  flags: ['mailbox', 'from', 'to', 'sync', 'because', 'clear', 'json'],
  flagTexts: { mailbox: 'whose gap', from: 'where the gap starts', to: 'where it ends' },
  examples: ['mia rebut --mailbox g.jacobs@contoso.example --because "gateway log is complete"'],
  run: (invocation) => {
    const { flags } = invocation;
    const { because } = flags.texts;
    const typed = onlyValue(flags, 'mailbox');
    if (typed === undefined || because === undefined)
      throw new UsageError(
        `${typed === undefined ? '--mailbox' : '--because'} is needed: a rebuttal is of a mailbox's gap and has a reason.`,
        'Write mia rebut --mailbox OWNER --because TEXT.',
      );
    const from = momentFlag(flags, 'from');
    const to = momentFlag(flags, 'to');
    const isSync = flags.switches.sync === true;
    if (isSync && (from !== null || to !== null))
      throw new UsageError(
        '--sync and a time were both given: the presumption after a Sync has no period.',
        'Leave --from and --to out.',
      );
    return withCase(invocation, async (theCase) => {
      const mailbox = chosenMailbox(theCase, typed);
      if (isSync) return rebutCopy(invocation, theCase, mailbox, because);
      const gap = chosenGap(mailbox.gaps, from, to);
      const rebutted = flags.switches.clear !== true;
      const outcome = theCase.judging.rebutGap(mailbox.guid, gap, rebutted, because);
      const word = rebutted ? 'rebutted' : 'no longer rebutted';
      return reportDecision(invocation, outcome, [`Gap ${gap.from} to ${gap.to}: ${word}.`]);
    });
  },
};
