import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Environment } from './command.ts';

/** Asks on the terminal; anything but y or yes is no, and so is the end of input. */
export const askYes = (
  { stdin, stderr, signal }: Pick<Environment, 'stdin' | 'stderr' | 'signal'>,
  question: string,
): Promise<boolean> =>
  new Promise((resolve) => {
    const lines = createInterface({ input: stdin, output: stderr });
    const end = (yes: boolean): void => {
      signal.removeEventListener('abort', no);
      lines.removeAllListeners();
      lines.close();
      resolve(yes);
    };
    const no = (): void => end(false);
    signal.addEventListener('abort', no, { once: true });
    lines.once('close', no);
    lines.once('SIGINT', no);
    lines.question(question, (answer) => end(/^y(es)?$/i.test(answer.trim())));
  });

/**
 * Asks on the terminal without showing what is typed; null where there is none to ask on. The answer
 * is null when nothing was typed. @throws the signal's reason.
 */
export const hiddenAsker = ({
  stdin,
  stderr,
  signal,
}: Environment): ((question: string) => Promise<string | null>) | null => {
  if (stdin.isTTY !== true || stderr.isTTY !== true) return null;
  return (question) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      stderr.write(question);
      const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
      const lines = createInterface({ input: stdin, output: unseen, terminal: true });
      const end = (answer: () => void): void => {
        signal.removeEventListener('abort', abort);
        lines.removeAllListeners();
        lines.close();
        stderr.write('\n');
        answer();
      };
      const abort = (): void => end(() => reject(signal.reason as Error));
      signal.addEventListener('abort', abort, { once: true });
      lines.once('line', (line) => end(() => resolve(line === '' ? null : line)));
      lines.once('close', () => end(() => resolve(null)));
      // Raw mode keeps Ctrl-C from becoming the signal that cancels everything; so it is passed on.
      lines.on('SIGINT', () => process.emit('SIGINT'));
    });
};
