/**
 * A bounded cache in two generations: what was used since the last turn, and in the turn before.
 * Emptying everything at once would lose what is in use; counting uses would cost more than it saves.
 * Names are looked up within a group: joining the two to one text cost more than the look-up.
 */
export class Recent<Value> {
  readonly #limit: number;
  #young = new Map<number, Map<string, Value>>();
  #old = new Map<number, Map<string, Value>>();
  #size = 0;

  /** `limit`: entries of a generation; twice as many are held. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(group: number, name: string): Value | undefined {
    const young = this.#young.get(group)?.get(name);
    if (young !== undefined) return young;
    const old = this.#old.get(group)?.get(name);
    if (old !== undefined) this.set(group, name, old);
    return old;
  }

  /** Of a name that is not held. */
  set(group: number, name: string, value: Value): void {
    if (this.#size >= this.#limit) this.#turn();
    let names = this.#young.get(group);
    if (names === undefined) {
      names = new Map();
      this.#young.set(group, names);
    }
    names.set(name, value);
    this.#size += 1;
  }

  #turn(): void {
    this.#old = this.#young;
    this.#young = new Map();
    this.#size = 0;
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
    this.#size = 0;
  }
}
