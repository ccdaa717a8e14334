import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Runs a child until it says `until`, then kills it; its last word. Where it never says that, it runs
 * to its end. `hear`: all that it says.
 */
export const killedAt = async (
  words: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
  until: string,
  hear: (line: string) => void = () => undefined,
): Promise<string> => {
  const child = spawn(process.execPath, words, {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  let word = '';
  for await (const line of createInterface({ input: child.stdout })) {
    word = line;
    hear(line);
    if (line !== until) continue;
    child.kill('SIGKILL');
    break;
  }
  await ended;
  return word;
};
