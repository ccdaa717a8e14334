import { foldDecisions, type VerdictState } from '../../domain/verdicts/verdicts.ts';
import type { ExportedCase } from '../exported-case.ts';
import { type AgainCommand, againCommand } from './again-command.ts';
import { type ExposedMail, exposedMail } from './exposed-mail.ts';

/** What chapters are made of. */
export interface ReportInput {
  readonly exported: ExportedCase;
  readonly mail: ExposedMail;
  readonly state: VerdictState;
  readonly command: AgainCommand;
}

export const reportInput = (exported: ExportedCase): ReportInput => ({
  exported,
  mail: exposedMail(exported),
  state: foldDecisions(exported.decisions),
  command: againCommand(exported.scope),
});
