/** A child process that keeps 8 MiB that do not compress, or says why it can't. */
import { randomBytes } from 'node:crypto';
import { Problem } from '../../source/domain/problem.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import { evidenceWriter } from '../../source/store/evidence-writer.ts';

const writer = await evidenceWriter(openCaseFolder(process.argv[2] ?? '', { create: true }));
try {
  for (let turn = 0; turn < 8; turn++) await writer.push(randomBytes(1 << 20));
  await writer.finish();
  process.stdout.write('kept\n');
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  process.stdout.write(`problem: ${error.message}\n`);
  await writer.abandon();
}
