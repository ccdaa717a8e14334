import type { ShownVerdict, Verdict } from '../../domain/sessions/session.ts';

/** Values of judged.verdict: what a context is judged. */
export const JUDGED = { open: 0, malicious: 1, benign: 2 } as const satisfies Record<
  Verdict | 'open',
  number
>;

/** Values of session_verdicts.verdict: mixed where the contexts of a session differ. */
export const SESSION_JUDGED = { ...JUDGED, mixed: 3 } as const satisfies Record<
  Exclude<ShownVerdict, null> | 'open',
  number
>;

/** The verdict that a value of judged.verdict stands for; null: open. */
export const verdictOfCode = (code: number): Verdict | null =>
  code === JUDGED.malicious ? 'malicious' : code === JUDGED.benign ? 'benign' : null;
