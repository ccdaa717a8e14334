/**
 * A failure the user can act on (`domain.md`, Words). `message` says what happened, `hint` what to
 * do about it; both are shown to the analyst as they are, so text from a record never goes in raw.
 * Anything else that is thrown is a bug and is shown with its stack.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly hint: string;

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}
