import { setImmediate as turn } from 'node:timers/promises';

/**
 * Lines of a log as they come in, first those that there are, then one after another again and again
 * until it is enough: whoever reads them hears of rows that were written meanwhile, however slow the
 * writing is. Of a file that ends, reading may be done before.
 */
export async function* unending(
  lines: readonly string[],
  isEnough: () => boolean,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(lines.join(''));
  for (let at = 0; !isEnough(); at = (at + 1) % lines.length) {
    yield Buffer.from(lines[at] ?? '');
    await turn();
  }
}
