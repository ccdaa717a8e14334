/** A finding of `mia verify`. */
export interface Finding {
  readonly of: 'decisions' | 'evidence' | 'records' | 'case';
  readonly ok: boolean;
  /** In order, and yet to be known. */
  readonly note?: true;
  readonly text: string;
}

export interface VerifyOptions {
  /** Without reading the evidence into a database again. */
  readonly quick?: boolean;
  /** A hash of a decision kept elsewhere, or its start: where does it stand? */
  readonly head?: string;
  /** A stamp that was read out or kept elsewhere, as it was typed: the same question. */
  readonly stamp?: string;
}
