import { rebuildCase } from '../jobs/import-paths.ts';
import { caseFolder } from './case-choice.ts';
import type { Command } from './command.ts';
import { reportImport } from './import-report.ts';

export const rebuild: Command = {
  name: 'rebuild',
  summary: 'makes records.db again',
  argumentsLine: '',
  details: 'From the evidence in the case alone: the imported files may be gone.',
  flags: ['json'],
  examples: ['mia rebuild'],
  run: (invocation) => {
    const { signal } = invocation.environment;
    return reportImport(invocation, rebuildCase({ folder: caseFolder(invocation), signal }));
  },
};
