import type { Containment } from '../domain/verdicts/decision.ts';
import type { MailboxExposure } from '../domain/exposure/exposure.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { withCase } from './case-choice.ts';
import type { Command, Invocation } from './command.ts';
import { reportDecision } from './decision-report.ts';
import { onlyValue } from './flags.ts';
import { chosenMailbox } from './mailbox-choice.ts';
import { momentFlag } from './moment.ts';
import { UsageError } from './usage-error.ts';

/** What an intruder holds, and the flag that says when it was ended. */
const ENDED = ['sessions', 'consents', 'rules', 'delegations'] as const;

const stated = ({ flags }: Invocation): Containment => {
  const [sessions = null, consents = null, rules = null, delegations = null] = ENDED.map((name) =>
    momentFlag(flags, name),
  );
  return { sessions, consents, rules, delegations, by: flags.texts.by ?? null };
};

const inWords = (containment: Containment): string => {
  const ended = ENDED.flatMap((name) => {
    const at = containment[name];
    return at === null ? [] : [`${name} ${at}`];
  });
  const by = containment.by === null ? '' : `, by ${forTerminal(containment.by)}`;
  return ended.length === 0 ? 'not stated' : `${ended.join(', ')}${by}`;
};

/** Mailboxes whose malicious records go on after all that was stated: not both can be so. */
const contradicted = (
  containment: Containment,
  mailboxes: readonly MailboxExposure[],
): readonly string[] => {
  const last = Math.max(...ENDED.map((name) => Date.parse(containment[name] ?? '') || -Infinity));
  return mailboxes.flatMap(({ owner, guid, lastAttributed }) =>
    lastAttributed === null || Date.parse(lastAttributed) <= last || last === -Infinity
      ? []
      : [
          `Malicious access to ${forTerminal(owner ?? guid ?? 'a mailbox without a name')} is recorded after that, until ${lastAttributed}: ` +
            'the intruder was not shut out then, or a verdict is wrong.',
        ],
  );
};

export const contain: Command = {
  name: 'contain',
  summary: 'states when the intruder was shut out',
  argumentsLine: '',
  details:
    'When sessions, application consents, mailbox rules and delegations were ended, and by whom; of the\n' +
    'case, or with --mailbox of one mailbox. Presumed messages that came after the last access attributed\n' +
    'so far are then counted apart. They are never subtracted. --clear takes the statement back.',
  flags: [...ENDED, 'by', 'mailbox', 'clear', 'because', 'json'],
  flagTexts: { mailbox: 'of this mailbox only', clear: 'take the statement back' },
  examples: [
    'mia contain --sessions 2026-09-25T09:00Z --rules 2026-09-25T09:20Z --by "IT, K. Smit"',
  ],
  run: (invocation) => {
    const { flags } = invocation;
    const containment = stated(invocation);
    const isCleared = flags.switches.clear === true;
    if (isCleared !== ENDED.every((name) => containment[name] === null))
      throw new UsageError(
        isCleared ? '--clear and a time were both given.' : 'No time was given.',
        'Write one of --sessions, --consents, --rules, --delegations with a TIME; or --clear alone.',
      );
    const typed = onlyValue(flags, 'mailbox');
    return withCase(invocation, async (theCase) => {
      const mailbox = typed === undefined ? null : chosenMailbox(theCase, typed);
      const reason = flags.texts.because ?? null;
      const outcome = theCase.judging.contain(mailbox?.guid ?? null, containment, reason);
      const whose = mailbox === null ? 'the case' : forTerminal(mailbox.owner ?? mailbox.guid);
      const concerned = theCase
        .summary()
        .mailboxes.filter(({ guid }) => mailbox === null || guid === mailbox.guid);
      return reportDecision(invocation, outcome, [
        `Containment of ${whose}: ${inWords(containment)}.`,
        ...contradicted(containment, concerned),
      ]);
    });
  },
};
