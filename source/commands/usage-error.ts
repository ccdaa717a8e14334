/** The command line itself is wrong: exit 2. Anything that goes wrong later is a `Problem`. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
