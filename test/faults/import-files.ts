/** A child process that imports into a case and says each event's name as it comes. */
import { writeSync } from 'node:fs';
import { runImport } from '../../source/import/run-import.ts';

const [folder = '', ...paths] = process.argv.slice(2);
// Without one it would make a case where it is started.
if (folder === '') throw new Error('import-files FOLDER PATH…');
const { signal } = new AbortController();
const now = (): string => '2026-11-24T09:00:00Z';
const { stdin: standardInput } = process;
const order = { folder, paths, standardInput, keep: true, analyst: 'child', now, signal };
for await (const event of runImport(order)) writeSync(1, `${event.event}\n`);
