import type { DecisionOutcome } from '../case/judging/judging.ts';
import type { MarkRequest } from '../case/judging/marks.ts';
import type { Case } from '../case/case.ts';
import { Problem } from '../domain/problem.ts';
import type { Context, Verdict } from '../domain/sessions/session.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { withCase } from './case-choice.ts';
import { caseFilter, SELECTING_FLAGS, selectionInCase } from './case-filter.ts';
import type { Command, Invocation } from './command.ts';
import { confirmedSentence, reportDecision } from './decision-report.ts';
import { flagAsTyped, type Flags } from './flags.ts';
import { resolvedKeys } from './key-resolution.ts';
import { counted, note } from './report.ts';
import { UsageError } from './usage-error.ts';

/** More than this nobody reads through. */
const SHOWN = 20;

const contextLine = ({ key, address, client, actor, deviceId, records, verdict }: Context) =>
  [
    key,
    ...[address, client, actor, deviceId].filter((part) => part !== null).map(forTerminal),
    `${counted(records, 'record')}, ${verdict ?? 'undecided'}`,
  ].join('  ');

/**
 * A benign verdict on a session over several addresses, clients, devices, tokens or users is given on
 * each of its contexts (`domain.md`, Verdicts).
 * @throws Problem with the contexts, where one of the sessions is such a one.
 */
export const refuseVaried = (theCase: Case, request: MarkRequest): void => {
  if (request.verdict !== 'benign') return;
  const { varied, contextsToAsk } = theCase.judging.previewMark(request);
  if (varied.length === 0) return;
  const shown = contextsToAsk.slice(0, SHOWN).map(contextLine);
  const more = contextsToAsk.length - shown.length;
  const lines = [...shown, ...(more > 0 ? [`and ${more} more`] : [])];
  throw new Problem(
    `${varied.length === 1 ? `The session ${varied[0] ?? ''} has` : `${varied.length} sessions have`} several addresses, clients, devices, tokens or users, so benign is said of each context. Nothing was changed.`,
    `Name the contexts that are benign by their keys:\n       ${lines.join('\n       ')}`,
  );
};

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

/** Contexts that exist now; those from the service's own addresses only when asked for (`domain.md` 9). */
const selectedContexts = ({ environment, flags }: Invocation, theCase: Case): readonly string[] => {
  const contexts = theCase.contexts(selectionInCase(theCase, flags));
  const own = contexts.filter((context) => !context.service).map(({ key }) => key);
  const service = contexts.filter((context) => context.service).map(({ key }) => key);
  if (own.length + service.length === 0)
    throw new Problem(
      'No context matches all of these flags together. Nothing was changed.',
      '`mia sessions` with the same flags shows what each of them matches.',
    );
  if (flags.switches.evenServiceAddresses === true) return [...own, ...service];
  if (own.length === 0)
    throw new Problem(
      `${counted(service.length, 'context')}, and all from the service's own addresses: behind REST that is a proxy, not the actor. Nothing was changed.`,
      'Mark sessions by their keys, or add --even-service-addresses.',
    );
  if (service.length > 0)
    note(
      environment,
      `${counted(service.length, 'context')} from the service's own addresses left out; --even-service-addresses takes them in.`,
    );
  return own;
};

const isSelecting = ({ lists }: Flags): boolean =>
  SELECTING_FLAGS.some((name) => lists[name] !== undefined);

const targetsOf = (
  invocation: Invocation,
  theCase: Case,
): Pick<MarkRequest, 'sessions' | 'contexts'> => {
  if (isSelecting(invocation.flags))
    return { sessions: [], contexts: selectedContexts(invocation, theCase) };
  const { sessions, contexts } = resolvedKeys(theCase, invocation.input);
  return { sessions, contexts };
};

/** Sessions judged as a whole: by their keys, or by --session and nothing that narrows it. */
const wholeSessions = (
  { flags }: Invocation,
  theCase: Case,
  { sessions }: Pick<MarkRequest, 'sessions'>,
): readonly string[] => {
  const narrowing = SELECTING_FLAGS.filter((name) => name !== 'session');
  if (flags.lists.session === undefined || narrowing.some((name) => flags.lists[name]))
    return sessions;
  return theCase.resolveKeys(flags.lists.session).sessions;
};

const outcomeLines = (verdict: Verdict | null, outcome: DecisionOutcome): readonly string[] => {
  const touched = `${counted(outcome.sessions, 'session')}, ${counted(outcome.contexts, 'context')}`;
  return [
    `${verdict ?? 'cleared'}: ${touched}. ${confirmedSentence(outcome.confirmedBefore, outcome.confirmedAfter)}`,
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

const SELECTING_WORDS = SELECTING_FLAGS.map(flagAsTyped).join(', ');

const checkTargets = ({ flags, input }: Invocation): void => {
  const selecting = isSelecting(flags);
  if (selecting && input.length > 0)
    throw new UsageError(
      `KEYs and ${SELECTING_FLAGS.filter((name) => flags.lists[name])
        .map(flagAsTyped)
        .join(', ')} were both given.`,
      'Mark by one or by the other.',
    );
  if (!selecting && input.length === 0)
    throw new UsageError(
      'Nothing to mark was given.',
      `Write mia mark KEY…, or say which contexts: ${SELECTING_WORDS}.`,
    );
  if (!selecting && flags.switches.evenServiceAddresses === true)
    throw new UsageError(
      `--even-service-addresses goes with ${SELECTING_WORDS} only.`,
      'Leave it out: a KEY names what it marks.',
    );
  caseFilter(flags);
};

export const mark: Command = {
  name: 'mark',
  summary: 'judges sessions and contexts',
  argumentsLine: 'KEY…',
  details:
    'KEY: a session key, a session id, or a context key; all apply or none. An id that records only\n' +
    'state beside the one of their session (AADSessionId beside SessionId) marks nothing: the sessions\n' +
    'that it leads to are listed, exit 1. A malicious verdict on a session covers what arrives later\n' +
    'in it; a benign one holds for exactly what it was given on,\n' +
    'and where the session has several addresses, clients, devices, tokens or users it is given on\n' +
    'the contexts by their keys: by the key of the session it is refused, and they are listed.\n' +
    'Instead of KEYs flags select all contexts that exist now: several values of one flag are\n' +
    'alternatives, different flags must all match. A value that nothing in the case matches changes\n' +
    'nothing, exit 1. The decision lists the contexts.',
  flags: [
    ...(['malicious', 'benign', 'clear', 'because'] as const),
    ...SELECTING_FLAGS,
    ...(['evenServiceAddresses', 'json'] as const),
  ],
  examples: [
    'mia mark KEY --malicious --because "password spray, then this session"',
    'mia mark --ip 95.96.75.118 --ip 203.0.113.0/24 --malicious',
    'mia mark --session KEY --app EWS --benign',
  ],
  run: (invocation) => {
    const verdict = verdictAsked(invocation);
    checkTargets(invocation);
    return withCase(invocation, async (theCase) => {
      const reason = invocation.flags.texts.because ?? null;
      const request = { verdict, ...targetsOf(invocation, theCase), reason };
      refuseVaried(theCase, { ...request, sessions: wholeSessions(invocation, theCase, request) });
      const outcome = theCase.judging.mark(request);
      return reportDecision(invocation, outcome, outcomeLines(verdict, outcome));
    });
  },
};
