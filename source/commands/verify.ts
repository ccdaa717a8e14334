import { forTerminal } from '../domain/terminal-text.ts';
import type { Finding } from '../jobs/case-desk.ts';
import { withCase } from './case-choice.ts';
import type { Command } from './command.ts';
import { counted, note, printDocument, printLines, wantsJson } from './report.ts';

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
      let wrong = 0;
      const findings = (function* (): Generator<Finding> {
        for (const finding of desk.verify()) {
          environment.signal.throwIfAborted();
          if (!finding.ok) wrong += 1;
          yield finding;
        }
      })();
      if (wantsJson(invocation))
        await printDocument(environment, 'mia.verify/1', [['findings', { list: findings }]]);
      else
        for (const { of, ok, text } of findings)
          await printLines(environment, [`${ok ? 'ok   ' : 'WRONG'} ${of}: ${forTerminal(text)}`]);
      if (wrong === 0) return 0;
      note(
        environment,
        `mia: ${counted(wrong, 'finding')} not as it should be. Restore the file named from a copy;`,
      );
      note(environment, '  if only records are wrong, `mia rebuild` makes records.db again.');
      return 1;
    }),
};
