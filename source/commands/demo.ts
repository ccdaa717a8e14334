import { makeDemoCase } from '../case/demo-case.ts';
import { openCase } from '../case/case.ts';
import { analystName } from './case-choice.ts';
import type { Command } from './command.ts';
import { hasTerminal } from './open-console.ts';
import { wantsJson } from './report.ts';
import { printSummary } from './summary.ts';

export const demo: Command = {
  name: 'demo',
  summary: 'opens the console on a built-in case, in a temporary folder',
  argumentsLine: '',
  details: 'An invented break-in to try the keys on. Without a terminal its summary is printed.',
  flags: ['json'],
  examples: ['mia demo'],
  run: async (invocation) => {
    const { environment } = invocation;
    const { demoFolder, now, signal } = environment;
    const analyst = analystName(invocation);
    const demoCase = await makeDemoCase({ demoFolder, now, signal });
    try {
      const { folder } = demoCase;
      if (hasTerminal(environment) && !wantsJson(invocation))
        return await environment.runConsole({ folder, analyst, files: [], demo: true });
      const theCase = openCase({ folder, analyst, now, mustExist: true });
      try {
        await printSummary(invocation, theCase);
      } finally {
        theCase.close();
      }
      return 0;
    } finally {
      demoCase.remove();
    }
  },
};
