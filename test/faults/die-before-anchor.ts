/**
 * A child process that decides twice and is killed by its own hand in the second decision, when the
 * line is on the disk and decisions.head is about to be written.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [path] = process.argv.slice(2);
if (path === undefined || path === '') throw new Error('die-before-anchor FOLDER');
const { openCaseFolder } = await import('../../source/store/case-folder.ts');
const { appendDecision } = await import('../../source/store/decision-log.ts');
const folder = openCaseFolder(path, { create: false });
const signed = { at: '2026-02-03T04:05:06Z', analyst: 'ana', console: 'child', reason: null };
const decide = (session: string): void =>
  void appendDecision(
    folder,
    {
      act: 'mark',
      verdict: 'malicious',
      targets: [{ session, whole: true, contexts: [] }],
    },
    signed,
  );
decide('before');
const { fdatasyncSync, writeSync } = fs;
let written = 0;
const dieBeforeSecond = (...words: Parameters<typeof writeSync>): number => {
  written += 1;
  if (written === 2) process.kill(process.pid, 'SIGKILL');
  return writeSync(...words);
};
Object.assign(fs, { writeSync: dieBeforeSecond, fdatasyncSync });
syncBuiltinESMExports();
decide('killed');
