import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { JsonObject } from '../../source/domain/json.ts';
import { openCase } from '../../source/case/case.ts';
import type { Case } from '../../source/case/case.ts';
import type { Finding } from '../../source/case/verify/finding.ts';
import { rebuildCase } from '../../source/import/import-paths.ts';
import { importInto, NOW, temporaryFolder, writeLines } from '../import/temporary-case.ts';

export interface MadeCase {
  readonly files: string;
  readonly folder: string;
  readonly paths: readonly string[];
}

/** A case in a temporary folder, from one file for each list of rows: 0.jsonl, 1.jsonl … */
export const caseOf = async (
  context: Pick<TestContext, 'after'>,
  ...contents: readonly (readonly (JsonObject | string)[])[]
): Promise<MadeCase> => {
  const files = temporaryFolder(context);
  const folder = join(files, 'case');
  const paths = contents.map((rows, at) => writeLines(files, `${at}.jsonl`, rows));
  await importInto(folder, paths);
  return { files, folder, paths };
};

/** A desk that is closed with the test. */
export const caseOn = (context: Pick<TestContext, 'after'>, folder: string): Case => {
  const theCase = openCase({ folder, analyst: 'tester', now: () => NOW });
  context.after(() => theCase.close());
  return theCase;
};

/** How a rebuild ended, and what was wrong. */
export const rebuilt = async (folder: string): Promise<string> => {
  let last = '';
  const { signal } = new AbortController();
  for await (const event of rebuildCase({ folder, signal }))
    last = event.event === 'failed' ? `failed: ${event.problem}` : event.event;
  return last;
};

/** What `mia verify` finds not to be in order. */
export const flawsIn = async (theCase: Case): Promise<readonly Finding[]> => {
  const flaws: Finding[] = [];
  for await (const finding of theCase.verify()) if (!finding.ok) flaws.push(finding);
  return flaws;
};
