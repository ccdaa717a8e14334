/** How content is packed, by its first bytes and never by its name. */
export type Packing = 'gzip' | 'zip' | null;

/** So many bytes tell. */
export const PACKING_HEAD = 4;

const startsWith = (head: Uint8Array, mark: readonly number[]): boolean =>
  head.length >= mark.length && mark.every((byte, at) => head[at] === byte);

export const packingOf = (head: Uint8Array): Packing => {
  if (startsWith(head, [0x1f, 0x8b, 8])) return 'gzip';
  // A local header, or the end record that an empty archive begins with.
  if (startsWith(head, [0x50, 0x4b, 3, 4]) || startsWith(head, [0x50, 0x4b, 5, 6])) return 'zip';
  return null;
};

/** A stream put back together after its head was looked at. */
export interface HeadedStream {
  readonly head: Uint8Array;
  readonly bytes: AsyncGenerator<Uint8Array>;
}

/** Looks at the first `length` bytes of a stream without taking them away. */
export const lookAhead = async (
  source: AsyncIterable<Uint8Array>,
  length: number,
): Promise<HeadedStream> => {
  const rest = source[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let read = 0;
  // A failure right after the head belongs to the reading of the rest: it is kept for then.
  let failure: { readonly error: unknown } | null = null;
  while (read < length && failure === null) {
    try {
      const next = await rest.next();
      if (next.done === true) break;
      chunks.push(next.value);
      read += next.value.length;
    } catch (error) {
      failure = { error };
    }
  }
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks.splice(0);
      if (failure !== null) throw failure.error;
      yield* { [Symbol.asyncIterator]: () => rest };
    } finally {
      await rest.return?.();
    }
  }
  return { head: Buffer.concat(chunks).subarray(0, length), bytes: bytes() };
};
