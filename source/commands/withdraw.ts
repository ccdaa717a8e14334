import type { Summary } from '../domain/exposure/exposure.ts';
import { Problem } from '../domain/problem.ts';
import type { Source } from '../domain/records/source.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { sourceJson } from '../exports/documents/source.ts';
import { withCase } from './case-choice.ts';
import type { Command } from './command.ts';
import { confirmedSentence } from './decision-report.ts';
import { counted, printDocument, printLines, wantsJson } from './report.ts';
import { UsageError } from './usage-error.ts';

const candidateLine = ({ id, file }: Source): string => `${id}  ${forTerminal(file)}`;

/** A source in force by its id, its hash (or the beginning of either), or the file's name. */
const chosenSource = (sources: readonly Source[], typed: string): Source => {
  const present = sources.filter(({ withdrawn }) => withdrawn === null);
  const hash = typed.trim().toLowerCase();
  const found = present.filter(
    ({ id, sha256, file }) =>
      id === typed || file === typed || (/^[0-9a-f]{4,64}$/.test(hash) && sha256.startsWith(hash)),
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const candidates = found.length > 1 ? found : present;
  throw new Problem(
    found.length > 1
      ? `${forTerminal(typed)} means more than one source. Nothing was changed.`
      : `The case has no source ${forTerminal(typed)}. Nothing was changed.`,
    candidates.length === 0
      ? 'There is nothing to withdraw.'
      : `Candidates:\n       ${candidates.slice(0, 10).map(candidateLine).join('\n       ')}\n     \`mia sources\` lists all.`,
  );
};

/** What the verdicts still amount to: those on sessions that went come back with their records. */
const effectLines = (before: Summary, after: Summary): readonly string[] => {
  const judged = ({ sessions }: Summary): number =>
    sessions.malicious + sessions.benign + sessions.mixed;
  const gone = judged(before) - judged(after);
  return [
    confirmedSentence(before.messages.confirmed, after.messages.confirmed),
    ...(gone > 0
      ? [
          `Sessions with a verdict: ${judged(after)} (-${gone}). The decisions are kept: they count again when the records are imported again.`,
        ]
      : []),
  ];
};

export const withdraw: Command = {
  name: 'withdraw',
  summary: 'takes a wrong import out',
  argumentsLine: 'SOURCE',
  details:
    'SOURCE: an id of `mia sources`, or the file as it was named. What another source holds too stays;\n' +
    'the withdrawal is noted with its reason, and the evidence is not deleted.',
  flags: ['because', 'json'],
  examples: ['mia withdraw 3f9a0c11d2e4 --because "another tenant"'],
  run: (invocation) => {
    const { environment, flags, input } = invocation;
    const [typed] = input;
    if (typed === undefined || input.length > 1)
      throw new UsageError(
        typed === undefined ? 'No source was given.' : 'More than one source was given.',
        'Write mia withdraw SOURCE; `mia sources` lists them.',
      );
    return withCase(invocation, async (theCase) => {
      const { id } = chosenSource(theCase.sources(), typed);
      const before = theCase.summary();
      const source = theCase.withdraw(id, flags.texts.because ?? null);
      if (wantsJson(invocation))
        await printDocument(environment, 'mia.withdraw/1', [
          ['source', { value: sourceJson(source) }],
        ]);
      else
        await printLines(environment, [
          `Withdrawn: ${candidateLine(source)}, ${counted(source.accepted, 'accepted row')}.`,
          ...effectLines(before, theCase.summary()),
        ]);
      return 0;
    });
  },
};
