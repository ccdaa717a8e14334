import { GAP_KIND_WORDS } from '../domain/exposure/exposure-words.ts';
import {
  changedMailboxes,
  type MailboxChange,
  NOT_BY_ITS_PRICE,
  type WhatIf,
} from '../domain/exposure/what-if.ts';
import type { Verdict } from '../domain/sessions/session.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { whatIfJson } from '../exports/documents/what-if.ts';
import { withCase } from './case-choice.ts';
import type { Command, Environment, Invocation } from './command.ts';
import { printFigures } from './figures-table.ts';
import { resolvedKeys } from './key-resolution.ts';
import { refuseVaried } from './mark.ts';
import { counted, printDocument, printLines, valueMembers, wantsJson } from './report.ts';
import { UsageError } from './usage-error.ts';
import { wrappedLines } from './wrapped-lines.ts';

const WHOLE_BY = { sync: 'a folder is synchronised', gap: 'the log has a gap' } as const;

const without = <One>(all: readonly One[], known: readonly One[], nameOf: (one: One) => string) => {
  const names = new Set(known.map(nameOf));
  return all.filter((one) => !names.has(nameOf(one)));
};

const mailboxLines = ({ mailbox, before, after }: MailboxChange): readonly string[] => {
  const lines = (from: typeof before, to: typeof before, verb: string): readonly string[] => [
    ...without(to.presumedWhole, from.presumedWhole, String).map(
      (why) => `    presumed whole because ${WHOLE_BY[why]}: ${verb}`,
    ),
    ...without(to.syncedFolders, from.syncedFolders, String).map(
      (folder) => `    folder synchronised, ${forTerminal(folder)}: ${verb}`,
    ),
    ...without(to.gaps, from.gaps, ({ from: at, to: end, kind }) => `${at} ${end} ${kind}`).map(
      (gap) => `    gap ${gap.from} to ${gap.to}, ${GAP_KIND_WORDS[gap.kind]}, matters: ${verb}`,
    ),
  ];
  const figures = (['confirmed', 'presumed', 'open', 'benignOnly'] as const).flatMap((name) =>
    before.messages[name] === after.messages[name]
      ? []
      : [`${name} ${before.messages[name]} to ${after.messages[name]}`],
  );
  return [
    `  ${forTerminal(mailbox.owner ?? mailbox.guid ?? '(mailbox not stated)')}`,
    ...(figures.length === 0 ? [] : [`    messages ${figures.join(', ')}`]),
    ...lines(before, after, 'new'),
    ...lines(after, before, 'no longer'),
  ];
};

const printWhatIf = async (environment: Environment, whatIf: WhatIf): Promise<void> => {
  const { verdict, sessions, contexts, replaced, before, after } = whatIf;
  const changed = changedMailboxes(whatIf);
  await printLines(environment, [
    `Were it ${verdict}: ${counted(sessions, 'session')}, ${counted(contexts, 'context')}. Nothing was changed.`,
    ...(replaced === 0
      ? []
      : [`${counted(replaced, 'context')} with a verdict of its own, which it would replace.`]),
  ]);
  await printFigures(environment, ['NOW', 'THEN'], before, after);
  await printLines(environment, [
    changed.length === 0 ? 'No mailbox would stand otherwise.' : 'Mailboxes that would change:',
    ...changed.flatMap(mailboxLines),
    '',
    ...wrappedLines(NOT_BY_ITS_PRICE, 78),
  ]);
};

const verdictAsked = ({ flags }: Invocation): Verdict => {
  const { malicious, benign } = flags.switches;
  if ((malicious === true) === (benign === true))
    throw new UsageError(
      malicious === true ? 'More than one verdict was given.' : 'No verdict was given.',
      'Write exactly one of --malicious and --benign.',
    );
  return malicious === true ? 'malicious' : 'benign';
};

export const whatif: Command = {
  name: 'whatif',
  summary: 'works out what a verdict would change, without giving it',
  argumentsLine: 'KEY…',
  details:
    'KEY: a session key, a session id, or a context key, as `mia mark` takes them; all or none. Messages\n' +
    'of each class, correspondents, folders, mailboxes presumed whole and gaps that then matter, beside\n' +
    'what they are now. Nothing is written. A verdict says what the records show, and is not to be chosen\n' +
    'by its price.',
  flags: ['malicious', 'benign', 'json'],
  examples: ['mia whatif KEY --malicious', 'mia whatif KEY KEY --benign --json'],
  run: (invocation) => {
    const { environment, input } = invocation;
    const verdict = verdictAsked(invocation);
    if (input.length === 0)
      throw new UsageError('A KEY is needed.', '`mia sessions` lists the keys.');
    return withCase(invocation, async (theCase) => {
      const { sessions, contexts } = resolvedKeys(theCase, input);
      const request = { verdict, sessions, contexts, reason: null };
      refuseVaried(theCase, request);
      const whatIf = theCase.judging.whatIf(request);
      if (wantsJson(invocation))
        await printDocument(environment, 'mia.whatif/1', valueMembers(whatIfJson(whatIf)));
      else await printWhatIf(environment, whatIf);
      return 0;
    });
  },
};
