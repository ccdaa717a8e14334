import { importPaths } from '../import/import-paths.ts';
import { analystName, caseFolder } from './case-choice.ts';
import type { Command } from './command.ts';
import { reportImport } from './import-report.ts';
import { UsageError } from './usage-error.ts';

export const importCommand: Command = {
  name: 'import',
  summary: 'reads audit logs, message traces and sign-in logs into the case',
  argumentsLine: 'PATH…',
  details:
    'Audit logs and traces in any format: files, folders, .gz, .zip, or - for standard input. What a\n' +
    'file is is recognised by its content. The bytes are kept in the case as evidence. Exit 3: done,\n' +
    'but rows were damaged or conflicting; they are listed. Ctrl-C leaves nothing half-imported. A case\n' +
    'is made where there is none, in a folder that holds other files only with --new-case.',
  flags: ['keep', 'newCase', 'json'],
  examples: ['mia import AuditRecords.csv trace.csv', 'zcat log.json.gz | mia import -'],
  run: (invocation) => {
    const { environment, flags, input } = invocation;
    if (input.length === 0)
      throw new UsageError(
        'No file was given.',
        'Write mia import PATH…, or - for standard input.',
      );
    const { stdin, signal } = environment;
    const events = importPaths({
      folder: caseFolder(invocation),
      newCase: flags.switches.newCase === true,
      paths: input,
      stdin,
      keep: flags.switches.keep !== false,
      analyst: analystName(invocation),
      signal,
    });
    return reportImport(invocation, events);
  },
};
