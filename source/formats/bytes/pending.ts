/** Below this, everything pending is looked at again with every chunk; above, when it has doubled. */
const EAGER = 1 << 20;

/**
 * Bytes that a splitter has received and not yet turned into rows. A splitter looks at `bytes` from
 * the start of an unfinished row again when more have come; to keep that linear for rows of many
 * megabytes, `ready` says no until there are twice as many as when it last looked.
 */
export class Pending {
  /** Offset in the stream of `bytes[0]`. */
  base = 0;
  bytes: Buffer = Buffer.alloc(0);
  #waiting: Buffer[] = [];
  #waitingLength = 0;

  add(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#waiting.push(chunk);
    this.#waitingLength += chunk.length;
  }

  get ready(): boolean {
    return this.bytes.length < EAGER || this.#waitingLength >= this.bytes.length;
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

  /** Forgets the first `count` of `bytes`. */
  drop(count: number): void {
    if (count === 0) return;
    this.bytes = this.bytes.subarray(count);
    this.base += count;
  }
}
