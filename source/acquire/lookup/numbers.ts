type Numbers = Uint8Array | Int32Array | Float64Array;

/** Numbers by place, as long as they get: a typed array that grows. What was never set is 0. */
export class GrowingNumbers {
  #numbers: Numbers;

  constructor(first: Numbers) {
    this.#numbers = first;
  }

  get(place: number): number {
    return this.#numbers[place] ?? 0;
  }

  set(place: number, value: number): void {
    if (place >= this.#numbers.length) {
      const Kind = this.#numbers.constructor as new (length: number) => Numbers;
      const larger = new Kind(Math.max(place + 1, this.#numbers.length * 2));
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[place] = value;
  }
}
