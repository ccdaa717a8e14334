/**
 * The rule of exposure (`domain.md`, Exposure, "Each message is in exactly one class"), stated once:
 * `classOf` reads it, and so does the SQL of lists, counts and filters (`store/queries/class-sql.ts`).
 */

/** Each message is in exactly one, over the whole case. Strongest first. */
export const EXPOSURE_CLASSES = ['confirmed', 'presumed', 'open', 'benignOnly'] as const;
export type ExposureClass = (typeof EXPOSURE_CLASSES)[number];

/** What decides the class of a message, as bits of one number. */
export const FACT = {
  /** A record of a malicious context names it, in all variants of that record. */
  malicious: 1,
  /** Records of malicious contexts name it, but only in some of their contradicting variants. */
  contested: 2,
  /** A context without a verdict, or grown since its benign one, accessed it. */
  undecided: 4,
  /** A benign access after which a repeat by the intruder would not have been logged. */
  repeat: 8,
  /** It was seen in a folder that a malicious context synchronised. */
  syncedFolder: 16,
  /** Of its mailbox: presumed copied whole, after a malicious Sync. */
  mailboxSynced: 32,
  /** Of its mailbox: a gap that matters and that nobody rebutted. */
  mailboxGap: 64,
} as const;
export type FactName = keyof typeof FACT;

/** Of a message of which nothing was judged. */
export const NOTHING_JUDGED = FACT.undecided;

/** The first class of which any of these facts holds; benignOnly where none does. */
const FACTS_OF_CLASS: Readonly<Record<ExposureClass, readonly FactName[]>> = {
  confirmed: ['malicious'],
  presumed: ['syncedFolder', 'mailboxSynced', 'mailboxGap'],
  open: ['undecided', 'contested', 'repeat'],
  benignOnly: [],
};

/** Bits of the facts that put a message into this class; 0: it is the class of the rest. */
export const classMask = (name: ExposureClass): number =>
  FACTS_OF_CLASS[name].reduce((bits, fact) => bits | FACT[fact], 0);

const MASKS = EXPOSURE_CLASSES.map(classMask);

/** Index into EXPOSURE_CLASSES of the class that these facts (bits of FACT) come to. */
export const classIndex = (facts: number): number => {
  const at = MASKS.findIndex((mask) => (facts & mask) !== 0);
  return at < 0 ? MASKS.length - 1 : at;
};

export const classOf = (facts: number): ExposureClass =>
  EXPOSURE_CLASSES[classIndex(facts)] ?? 'open';

export type PresumedBy = 'folder' | 'sync' | 'gap';
export type OpenBecause = 'undecided' | 'contested' | 'repeat';

const PRESUMED_BY = { folder: 'syncedFolder', sync: 'mailboxSynced', gap: 'mailboxGap' } as const;

/** Why a message is presumed exposed, the strongest reason first; empty in the other classes. */
export const presumedBy = (facts: number): readonly PresumedBy[] =>
  classOf(facts) !== 'presumed'
    ? []
    : (['folder', 'sync', 'gap'] as const).filter((by) => (facts & FACT[PRESUMED_BY[by]]) !== 0);

/** Why a message is open, the first of the reasons that hold; null in the other classes. */
export const openBecause = (facts: number): OpenBecause | null =>
  classOf(facts) !== 'open'
    ? null
    : ((['undecided', 'contested', 'repeat'] as const).find((one) => (facts & FACT[one]) !== 0) ??
      null);

/** Contradicting records alone tie it to the intruder: not in the first figure, in the second. */
export const isContested = (facts: number): boolean =>
  (facts & FACT.contested) !== 0 && (facts & FACT.malicious) === 0;

/** Messages, or items without an id, by class. */
export type ClassCounts = Readonly<Record<ExposureClass, number>>;

export const NO_MESSAGES: ClassCounts = { confirmed: 0, presumed: 0, open: 0, benignOnly: 0 };

export const addCounts = (a: ClassCounts, b: ClassCounts): ClassCounts =>
  Object.fromEntries(EXPOSURE_CLASSES.map((name) => [name, a[name] + b[name]])) as ClassCounts;

/** The second figure (`domain.md`, Exposure): named by the log and not judged benign. */
export const notBenign = (counts: ClassCounts): number =>
  EXPOSURE_CLASSES.reduce((sum, name) => (name === 'benignOnly' ? sum : sum + counts[name]), 0);
