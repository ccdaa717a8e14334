import { createInterface } from 'node:readline';
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
