/** A child process that decides without end (or `count` times), and says each hash once it is kept. */
import { writeSync } from 'node:fs';
import { Problem } from '../../source/domain/problem.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import { appendDecision } from '../../source/store/decision-log.ts';

const [path, console = 'c', count = 'Infinity', reason = ''] = process.argv.slice(2);
// Without one it would make a case where it is started, and fill it without end.
if (path === undefined || path === '') throw new Error('append-decisions FOLDER [CONSOLE] …');
const folder = openCaseFolder(path, { create: true });
const at = '2026-02-03T04:05:06Z';
try {
  for (let turn = 0; turn < Number(count); turn++) {
    const target = { session: `${console}${turn}`, whole: true, contexts: [] };
    const decision = appendDecision(
      folder,
      { act: 'mark', verdict: 'malicious', targets: [target] },
      { at, analyst: 'ana', console, reason },
    );
    writeSync(1, `${decision.hash}\n`);
  }
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  writeSync(1, `problem: ${error.message} ${error.hint}\n`);
}
