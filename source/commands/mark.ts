import { Problem } from '../domain/problem.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { Verdict } from '../domain/session.ts';
import type { CaseDesk } from '../jobs/case-desk.ts';
import type { DecisionOutcome, MarkRequest } from '../jobs/case-service.ts';
import { withCase } from './case-choice.ts';
import { addressFlag } from './case-filter.ts';
import type { Command, Invocation } from './command.ts';
import { reportDecision } from './decision-report.ts';
import { resolvedKeys } from './key-resolution.ts';
import { counted, note } from './report.ts';
import { UsageError } from './usage-error.ts';

const verdictAsked = ({ flags }: Invocation): Verdict | null => {
  const { malicious, benign, clear } = flags.switches;
  const asked = [malicious, benign, clear].filter((one) => one === true).length;
  if (asked !== 1)
    throw new UsageError(
      asked === 0 ? 'No verdict was given.' : 'More than one verdict was given.',
      'Write exactly one of --malicious, --benign and --clear.',
    );
  if (clear === true) return null;
  return malicious === true ? 'malicious' : 'benign';
};

/** Contexts of an address or network that exist now; the service's own only when asked for (`domain.md` 9). */
const addressContexts = (
  { environment, flags }: Invocation,
  desk: CaseDesk,
  address: string,
): readonly string[] => {
  const { contexts } = desk.reachOf(address);
  const own = contexts.filter((context) => !context.service).map(({ key }) => key);
  const service = contexts.filter((context) => context.service).map(({ key }) => key);
  if (own.length + service.length === 0)
    throw new Problem(
      `Nothing in the case came from ${forTerminal(address)}. Nothing was changed.`,
      '`mia sessions` lists the addresses there are.',
    );
  if (flags.switches.evenServiceAddresses === true) return [...own, ...service];
  if (own.length === 0)
    throw new Problem(
      `${forTerminal(address)} is the service's own: behind REST it is a proxy, not the actor. Nothing was changed.`,
      'Mark sessions by their keys, or add --even-service-addresses.',
    );
  if (service.length > 0)
    note(
      environment,
      `${counted(service.length, 'context')} from the service's own addresses left out; --even-service-addresses takes them in.`,
    );
  return own;
};

const targetsOf = (
  invocation: Invocation,
  desk: CaseDesk,
): Pick<MarkRequest, 'sessions' | 'contexts'> => {
  const address = invocation.flags.texts.ip;
  if (address === undefined) {
    const { sessions, contexts } = resolvedKeys(desk, invocation.input);
    return { sessions, contexts };
  }
  return { sessions: [], contexts: addressContexts(invocation, desk, addressFlag(address)) };
};

const outcomeLines = (verdict: Verdict | null, outcome: DecisionOutcome): readonly string[] => {
  const change = outcome.confirmedAfter - outcome.confirmedBefore;
  const touched = `${counted(outcome.sessions, 'session')}, ${counted(outcome.contexts, 'context')}`;
  return [
    `${verdict ?? 'cleared'}: ${touched}. Messages confirmed: ${outcome.confirmedAfter} (${change >= 0 ? '+' : ''}${change}).`,
    ...(outcome.replaced > 0
      ? [`${counted(outcome.replaced, 'context')} had a verdict of its own, which this replaces.`]
      : []),
    ...((outcome.stillJudged ?? 0) > 0
      ? [
          `${counted(outcome.stillJudged ?? 0, 'context')} of them still has the verdict of its session: clear that by the session's key.`,
        ]
      : []),
  ];
};

const checkTargets = ({ flags, input }: Invocation): void => {
  const byAddress = flags.texts.ip !== undefined;
  if (byAddress && input.length > 0)
    throw new UsageError('KEYs and --ip were both given.', 'Mark by one or by the other.');
  if (!byAddress && input.length === 0)
    throw new UsageError(
      'Nothing to mark was given.',
      'Write mia mark KEY… or mia mark --ip ADDR.',
    );
  if (!byAddress && flags.switches.evenServiceAddresses === true)
    throw new UsageError(
      '--even-service-addresses goes with --ip only.',
      'Leave it out, or use --ip.',
    );
  if (byAddress) addressFlag(flags.texts.ip ?? '');
};

export const mark: Command = {
  name: 'mark',
  summary: 'judges sessions and contexts',
  argumentsLine: 'KEY…',
  details:
    'KEY: a session key, a session id, or a context key; all apply or none. With --ip instead: all\n' +
    'contexts of that address that exist now. A malicious verdict on a session covers what arrives\n' +
    'later in it; a benign one holds for exactly what it was given on.',
  flags: ['malicious', 'benign', 'clear', 'because', 'ip', 'evenServiceAddresses', 'json'],
  examples: [
    'mia mark KEY --malicious --because "password spray, then this session"',
    'mia mark --ip 95.96.75.118 --malicious',
  ],
  run: (invocation) => {
    const verdict = verdictAsked(invocation);
    checkTargets(invocation);
    return withCase(invocation, async (desk) => {
      const reason = invocation.flags.texts.because ?? null;
      const outcome = desk.mark({ verdict, ...targetsOf(invocation, desk), reason });
      return reportDecision(invocation, outcome, outcomeLines(verdict, outcome));
    });
  },
};
