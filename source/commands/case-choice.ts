import type { Case } from '../case/case.ts';
import { openCase } from '../case/case.ts';
import { note } from './report.ts';
import type { ExitCode, Invocation } from './command.ts';

/** `--case`, else $MIA_CASE, else ./cache. */
export const caseFolder = ({ flags, environment }: Invocation): string =>
  flags.texts.case ?? environment.caseFolder ?? './cache';

/** `--analyst`, else $MIA_ANALYST; null leaves it to case.json and user@host. */
export const analystName = ({ flags, environment }: Invocation): string | null =>
  flags.texts.analyst ?? environment.analyst;

/** Opens the case, which must be there, for as long as `work` takes. */
export const withCase = async (
  invocation: Invocation,
  work: (theCase: Case) => Promise<ExitCode>,
): Promise<ExitCode> => {
  const theCase = openCase({
    folder: caseFolder(invocation),
    analyst: analystName(invocation),
    now: invocation.environment.now,
    mustExist: true,
  });
  try {
    if (theCase.readOnly !== null)
      note(
        invocation.environment,
        `mia: read-only: nothing can be marked or imported here (${theCase.readOnly.readOnly}).`,
      );
    // Verdicts are missing from all that follows: nobody may take it for the whole.
    for (const notice of theCase.notices) note(invocation.environment, `mia: ${notice}`);
    return await work(theCase);
  } finally {
    theCase.close();
  }
};
