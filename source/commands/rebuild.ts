import { rebuildCase } from '../import/import-paths.ts';
import { openCase } from '../case/case.ts';
import { caseFolder } from './case-choice.ts';
import type { Command } from './command.ts';
import { reportRebuild } from './import-report.ts';

export const rebuild: Command = {
  name: 'rebuild',
  summary: 'makes records.db again',
  argumentsLine: '',
  details: 'From the evidence in the case alone: the imported files may be gone.',
  flags: ['json'],
  examples: ['mia rebuild'],
  run: (invocation) => {
    const { signal, now } = invocation.environment;
    const folder = caseFolder(invocation);
    const sourcesInForce = () => {
      const theCase = openCase({ folder, analyst: null, now, mustExist: true });
      try {
        return theCase.sources().filter(({ withdrawn }) => withdrawn === null);
      } finally {
        theCase.close();
      }
    };
    return reportRebuild(invocation, rebuildCase({ folder, signal }), sourcesInForce);
  },
};
