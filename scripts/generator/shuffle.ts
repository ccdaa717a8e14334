import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import type { Random } from './random.ts';

const CHUNK_BYTES = 1 << 20;

/** Where each item begins, and where the last one ends. */
const spill = (descriptor: number, items: Iterable<unknown>): readonly number[] => {
  const offsets = [0];
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let used = 0;
  let end = 0;
  const write = (bytes: Uint8Array): void => {
    for (let from = 0; from < bytes.length;) from += writeSync(descriptor, bytes, from);
  };
  for (const item of items) {
    const bytes = Buffer.from(JSON.stringify(item));
    if (used + bytes.length > chunk.length) {
      write(chunk.subarray(0, used));
      used = 0;
    }
    if (bytes.length > chunk.length) write(bytes);
    else used += bytes.copy(chunk, used);
    end += bytes.length;
    offsets.push(end);
  }
  write(chunk.subarray(0, used));
  return offsets;
};

/**
 * The same items in no order, as portals export them: JSON values, which wait in `file` meanwhile.
 * In memory are some twelve bytes an item.
 */
export function* shuffled<Item>(
  items: Iterable<Item>,
  random: Random,
  file: string,
): Generator<Item> {
  const descriptor = openSync(file, 'wx+', 0o600);
  try {
    const offsets = spill(descriptor, items);
    const order = Uint32Array.from({ length: offsets.length - 1 }, (_, index) => index);
    for (let left = order.length; left > 0; left -= 1) {
      const drawn = random.below(left);
      const index = order[drawn]!;
      order[drawn] = order[left - 1]!;
      const [start, end] = [offsets[index]!, offsets[index + 1]!];
      const bytes = Buffer.alloc(end - start);
      readSync(descriptor, bytes, 0, bytes.length, start);
      yield JSON.parse(bytes.toString()) as Item;
    }
  } finally {
    closeSync(descriptor);
    rmSync(file);
  }
}
