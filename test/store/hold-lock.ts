/** A child process that takes a lock, says so, and keeps it until it is killed. */
import { openCaseFolder, LOCKS } from '../../source/store/case-folder.ts';
import { tryHold } from '../../source/store/case-lock.ts';

const [path, kind] = process.argv.slice(2);
const name = kind === 'import' ? LOCKS.import : LOCKS.change;
const hold = tryHold(openCaseFolder(path ?? '', { create: true }), name);
process.stdout.write(hold === null ? 'refused\n' : 'held\n');
if (hold !== null) {
  process.stdin.on('data', () => {
    hold[Symbol.dispose]();
    process.stdout.write('released\n');
  });
  process.stdin.on('end', () => process.exit(0));
}
