/** Below this, everything pending is looked at again with every chunk; above, when it has doubled. */
const EAGER = 1 << 20;

/**
 * Bytes that a splitter has received and not yet turned into rows. A splitter looks at `bytes` from
 * the start of an unfinished row again when more have come; to keep that linear for rows of many
 * megabytes, `add` says no until there are twice as many as when it last looked.
 */
export class Pending {
  /** Offset in the stream of `bytes[0]`. */
  base = 0;
  bytes: Buffer = Buffer.alloc(0);
  #waiting: Buffer[] = [];
  #waitingLength = 0;

  /**
   * Takes a chunk; says whether it is time to look. Nothing of the chunk is kept but copies, once
   * the looking is done: whoever reads the file may fill the same buffer again.
   */
  add(chunk: Buffer): boolean {
    this.#waitingLength += chunk.length;
    const ready = this.bytes.length < EAGER || this.#waitingLength >= this.bytes.length;
    if (chunk.length > 0) this.#waiting.push(ready ? chunk : Buffer.from(chunk));
    return ready;
  }

  /** Joins what is waiting to `bytes`. */
  gather(): void {
    if (this.#waitingLength === 0) return;
    const [first] = this.#waiting;
    this.bytes =
      this.bytes.length === 0 && this.#waiting.length === 1 && first !== undefined
        ? first
        : Buffer.concat([this.bytes, ...this.#waiting]);
    this.#waiting = [];
    this.#waitingLength = 0;
  }

  /** Forgets the first `count` of `bytes`, and keeps a copy of the rest. */
  drop(count: number): void {
    this.bytes = Buffer.from(this.bytes.subarray(count));
    this.base += count;
  }
}
