import { forTerminal } from '../domain/terminal-text.ts';
import { withCase } from './case-choice.ts';
import type { Command } from './command.ts';
import { reportDecision } from './decision-report.ts';
import { onlyValue } from './flags.ts';
import { chosenMailbox } from './mailbox-choice.ts';
import { momentRange } from './moment.ts';
import { UsageError } from './usage-error.ts';

export const window: Command = {
  name: 'window',
  summary: 'sets when the intruder had access',
  argumentsLine: '',
  details:
    'The access window of the case, or with --mailbox of one mailbox: a gap of the log matters where\n' +
    'it meets the window, or malicious activity, whatever the window. One end may stay open.\n' +
    '--clear takes the window away.',
  flags: ['from', 'to', 'mailbox', 'clear', 'because', 'json'],
  flagTexts: { mailbox: 'of this mailbox only', clear: 'take the window away' },
  examples: ['mia window --from 2026-09-20 --to 2026-09-25 --because "first and last sign-in"'],
  run: (invocation) => {
    const { flags } = invocation;
    const { from, to } = momentRange(flags, 'from', 'to');
    const clear = flags.switches.clear === true;
    if (clear === (from !== null || to !== null))
      throw new UsageError(
        clear ? '--clear and a time were both given.' : 'No time was given.',
        'Write --from TIME, --to TIME or both; or --clear alone.',
      );
    const typed = onlyValue(flags, 'mailbox');
    return withCase(invocation, async (theCase) => {
      const mailbox = typed === undefined ? null : chosenMailbox(theCase, typed);
      const outcome = theCase.judging.setWindow(
        mailbox?.guid ?? null,
        from,
        to,
        flags.texts.because ?? null,
      );
      const whose = mailbox === null ? 'the case' : forTerminal(mailbox.owner ?? mailbox.guid);
      const text = clear ? 'not set' : `${from ?? '(open)'} to ${to ?? '(open)'}`;
      return reportDecision(invocation, outcome, [`Access window of ${whose}: ${text}.`]);
    });
  },
};
