import { rebuildCase } from '../import/import-paths.ts';
import { openDesk } from '../case/open-desk.ts';
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
      const desk = openDesk({ folder, analyst: null, now, mustExist: true });
      try {
        return desk.sources().filter(({ withdrawn }) => withdrawn === null);
      } finally {
        desk.close();
      }
    };
    return reportRebuild(invocation, rebuildCase({ folder, signal }), sourcesInForce);
  },
};
