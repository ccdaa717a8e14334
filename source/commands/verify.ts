import { forTerminal } from '../domain/terminal-text.ts';
import { readStamp } from '../domain/verdicts/stamp.ts';
import type { Case } from '../case/case.ts';
import type { Finding } from '../case/verify/finding.ts';
import { withCase } from './case-choice.ts';
import type { Command, ExitCode, Invocation } from './command.ts';
import { counted, note, printDocument, printLines, wantsJson } from './report.ts';
import { UsageError } from './usage-error.ts';

const findingLine = ({ of, ok, note: isNote, text }: Finding): string =>
  `${ok ? (isNote === true ? 'note ' : 'ok   ') : 'WRONG'} ${of}: ${forTerminal(text)}`;

/** A hash of a decision, or enough of its start to be nobody else's. */
const HEAD = /^[0-9a-f]{8,64}$/i;

const headOf = ({ flags }: Invocation): string | undefined => {
  const head = flags.texts.head;
  if (head === undefined || HEAD.test(head)) return head;
  throw new UsageError(
    `--head takes the hash of a decision, not "${head}".`,
    'It stands in an export as decisionsHead: 64 hex digits, of which the first 8 or more will do.',
  );
};

const stampTyped = ({ flags }: Invocation): string | undefined => {
  const { stamp } = flags.texts;
  const read = stamp === undefined ? null : readStamp(stamp);
  if (read === null || !('problem' in read)) return stamp;
  throw new UsageError(
    `--stamp: ${read.problem}.`,
    'A stamp has four groups of five, as `mia stamp` prints it. Case, spaces and dashes do not matter.',
  );
};

const LAST_WORD: Finding = {
  of: 'case',
  ok: true,
  note: true,
  text: 'the case agrees with itself; only a head kept elsewhere proves it unchanged (mia verify --head HASH)',
};

async function* allFindings(theCase: Case, invocation: Invocation): AsyncGenerator<Finding> {
  const head = headOf(invocation);
  const stamp = stampTyped(invocation);
  const quick = invocation.flags.switches.quick === true;
  const kept = {
    ...(head === undefined ? {} : { head }),
    ...(stamp === undefined ? {} : { stamp }),
  };
  let isWhole = true;
  for await (const finding of theCase.verify({ quick, ...kept })) {
    isWhole &&= finding.ok;
    yield finding;
  }
  if (isWhole && head === undefined && stamp === undefined) yield LAST_WORD;
}

const affirm = (theCase: Case, { environment }: Invocation): void => {
  const affirmed = theCase.affirm();
  for (const { text } of affirmed) note(environment, `Affirmed: ${forTerminal(text)}`);
  if (affirmed.length === 0) note(environment, 'There was nothing to affirm.');
};

const report = async (invocation: Invocation, findings: readonly Finding[]): Promise<ExitCode> => {
  const { environment } = invocation;
  if (wantsJson(invocation))
    await printDocument(environment, 'mia.verify/1', [
      ['ok', { value: findings.every(({ ok }) => ok) }],
      [
        'findings',
        {
          list: findings.map(({ of, ok, note: isNote, text }) => ({
            ...{ of, ok, note: isNote === true, text },
          })),
        },
      ],
    ]);
  const wrong = findings.filter(({ ok }) => !ok);
  if (wrong.length === 0) return 0;
  const hint = wrong.every(({ of }) => of === 'records')
    ? '`mia rebuild` makes records.db again from the evidence.'
    : 'Restore the file named from a copy;\n  if only records are wrong, `mia rebuild` makes records.db again.';
  note(environment, `mia: ${counted(wrong.length, 'finding')} not as it should be. ${hint}`);
  return 1;
};

export const verify: Command = {
  name: 'verify',
  summary: 'checks decisions, evidence, and that records.db says what its sources say',
  argumentsLine: '',
  details:
    'Exit 1 when anything is wrong; every finding says what it is about. All evidence is read once\n' +
    'more, and everything that a figure or list comes from is compared with it; --quick leaves that out.\n' +
    'decisions.head says where the decisions end. Where mia was killed while it kept one, or somebody\n' +
    'else changed the end, that is found until an analyst stands in for it: --affirm.\n' +
    'Who puts back a whole older case leaves nothing to be found in it: keep the head of an export\n' +
    'elsewhere, and ask with --head; or the stamp that `mia stamp` prints, and ask with --stamp.',
  flags: ['json', 'quick', 'head', 'stamp', 'affirm'],
  examples: [
    'mia verify',
    'mia verify --quick',
    'mia verify --head 5f0c2d7e9b1a',
    'mia verify --stamp "7K2MX 9QW4T 0ABCD EFGHJ"',
    'mia verify --affirm',
  ],
  run: (invocation) => {
    headOf(invocation);
    stampTyped(invocation);
    return withCase(invocation, async (theCase) => {
      const { environment } = invocation;
      if (invocation.flags.switches.affirm === true) affirm(theCase, invocation);
      const findings: Finding[] = [];
      for await (const finding of allFindings(theCase, invocation)) {
        environment.signal.throwIfAborted();
        findings.push(finding);
        if (!wantsJson(invocation)) await printLines(environment, [findingLine(finding)]);
      }
      return report(invocation, findings);
    });
  },
};
