import { forTerminal } from '../domain/terminal-text.ts';
import type { Finding } from '../jobs/case-desk.ts';
import { withCase } from './case-choice.ts';
import type { Command } from './command.ts';
import { counted, note, printDocument, printLines, wantsJson } from './report.ts';

const findingLine = ({ of, ok, text }: Finding): string =>
  `${ok ? 'ok   ' : 'WRONG'} ${of}: ${forTerminal(text)}`;

export const verify: Command = {
  name: 'verify',
  summary: 'checks decisions, evidence, and that records.db says what its sources say',
  argumentsLine: '',
  details: 'Exit 1 when anything is wrong; every finding says what it is about.',
  flags: ['json'],
  examples: ['mia verify'],
  run: (invocation) =>
    withCase(invocation, async (desk) => {
      const { environment } = invocation;
      const findings: Finding[] = [];
      for await (const finding of desk.verify()) {
        environment.signal.throwIfAborted();
        findings.push(finding);
        if (!wantsJson(invocation)) await printLines(environment, [findingLine(finding)]);
      }
      if (wantsJson(invocation))
        await printDocument(environment, 'mia.verify/1', [
          ['ok', { value: findings.every(({ ok }) => ok) }],
          ['findings', { list: findings.map(({ of, ok, text }) => ({ of, ok, text })) }],
        ]);
      const wrong = findings.filter(({ ok }) => !ok).length;
      if (wrong === 0) return 0;
      note(
        environment,
        `mia: ${counted(wrong, 'finding')} not as it should be. Restore the file named from a copy;`,
      );
      note(environment, '  if only records are wrong, `mia rebuild` makes records.db again.');
      return 1;
    }),
};
