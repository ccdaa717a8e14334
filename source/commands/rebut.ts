import type { Gap } from '../domain/exposure.ts';
import { Problem } from '../domain/problem.ts';
import { withCase } from './case-choice.ts';
import type { Command } from './command.ts';
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

export const rebut: Command = {
  name: 'rebut',
  summary: 'says, with a reason, that nothing was lost in a gap',
  argumentsLine: '',
  details:
    'A gap that matters presumes all mail of its mailbox exposed. A rebuttal is a decision with a\n' +
    'reason, such as other logs that cover the time; --clear takes it back.',
  flags: ['mailbox', 'from', 'to', 'because', 'clear', 'json'],
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
    return withCase(invocation, async (desk) => {
      const mailbox = chosenMailbox(desk, typed);
      const gap = chosenGap(mailbox.gaps, from, to);
      const rebutted = flags.switches.clear !== true;
      const outcome = desk.rebutGap(
        mailbox.guid,
        { from: gap.from, to: gap.to },
        rebutted,
        because,
      );
      const word = rebutted ? 'rebutted' : 'no longer rebutted';
      return reportDecision(invocation, outcome, [`Gap ${gap.from} to ${gap.to}: ${word}.`]);
    });
  },
};
