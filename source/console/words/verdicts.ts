import type { AccessCounts, ShownVerdict } from '../../domain/sessions/session.ts';
import type { SignInGlance } from '../../domain/sessions/sign-in-glance.ts';
import type { SessionLine } from '../../case/lists/session-pages.ts';
import type { Tone } from '../view.ts';
import { SYMBOLS } from '../symbols.ts';
import { count } from './figures.ts';

/** Told apart without colour too (`contract.md`, The console). */
export const verdictLetter = (verdict: ShownVerdict): string => {
  switch (verdict) {
    case 'malicious':
      return 'M';
    case 'benign':
      return 'B';
    case 'mixed':
      return SYMBOLS.mixed;
    case null:
      return SYMBOLS.dot;
  }
};

export const verdictTone = (verdict: ShownVerdict): Tone => {
  switch (verdict) {
    case 'malicious':
      return 'malicious';
    case 'benign':
      return 'benign';
    case 'mixed':
      return 'warning';
    case null:
      return 'plain';
  }
};

export const verdictWord = (verdict: ShownVerdict): string => verdict ?? 'open';

/** A likely sign-in marks nothing: it may be another session's. */
const isAtRisk = (glance: SignInGlance | undefined): boolean =>
  glance !== undefined && glance.risk !== null && !glance.likely;

type Marked = Pick<AccessCounts, 'syncs'> &
  Pick<
    SessionLine,
    | 'throttled'
    | 'appOnly'
    | 'delegate'
    | 'external'
    | 'ownApplication'
    | 'grownSinceVerdict'
    | 'itemsMissing'
  > & {
    readonly derived?: boolean;
    readonly group?: { readonly sessions: number } | null;
    readonly indicators?: readonly string[];
    readonly signInGlance?: SignInGlance;
  };

/** S sync, T throttled, A app-only, D delegate or admin, X external, O our own application, R at risk, ? derived, ! items missing, * an address judged malicious elsewhere, +12 grown. */
export const marksOf = (figures: Marked): string =>
  [
    figures.grownSinceVerdict > 0 ? `+${count(figures.grownSinceVerdict)}` : '',
    (figures.indicators ?? []).length > 0 ? '*' : '',
    figures.syncs > 0 ? 'S' : '',
    figures.throttled > 0 ? 'T' : '',
    figures.appOnly ? 'A' : '',
    figures.delegate ? 'D' : '',
    figures.external ? 'X' : '',
    figures.ownApplication ? 'O' : '',
    isAtRisk(figures.signInGlance) ? 'R' : '',
    figures.derived === true ? '?' : '',
    figures.group == null ? '' : `(${count(figures.group.sessions)})`,
    figures.itemsMissing > 0 ? '!' : '',
  ]
    .filter((mark) => mark !== '')
    .join(' ');

/** The marks in `width` cells: without the blanks between them where they would be cut. */
export const marksIn = (figures: Marked, width: number): string => {
  const marks = marksOf(figures);
  return marks.length <= width ? marks : marks.replaceAll(' ', '');
};

/** The marks in words, for details and help. */
export const MARK_WORDS = [
  ['*', 'same address already malicious: it has that verdict in another context'],
  ['S', 'a folder was synced: handed to the client whole'],
  ['T', 'the log was throttled: a gap follows'],
  ['A', 'app-only: an application acted, no user'],
  ['D', 'delegate or admin: not the owner'],
  ['X', 'from outside the organisation'],
  ['O', 'our own application: mia itself reads mail with it, so this may be our reading'],
  ['R', 'at risk: the sign-in log says so of a sign-in of it'],
  ['?', 'derived: its records have no session id'],
  ['!', 'records declare more items than they list'],
  ['(12)', "so many sessions in one line: they differ only in the service's own address"],
  ['+12', 'records since the benign verdict: open again'],
] as const;
