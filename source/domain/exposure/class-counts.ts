import { EXPOSURE_CLASSES, type ExposureClass } from './exposure-class.ts';

/** Messages, or items without an id, by class. */
export type ClassCounts = Readonly<Record<ExposureClass, number>>;

export const NO_MESSAGES: ClassCounts = { confirmed: 0, presumed: 0, open: 0, benignOnly: 0 };

/** These counts alone, in the order of the classes: of a mailbox, say, that has more to it. */
export const classCountsOf = (counts: ClassCounts): ClassCounts =>
  Object.fromEntries(EXPOSURE_CLASSES.map((name) => [name, counts[name]])) as ClassCounts;

export const addCounts = (a: ClassCounts, b: ClassCounts): ClassCounts =>
  Object.fromEntries(EXPOSURE_CLASSES.map((name) => [name, a[name] + b[name]])) as ClassCounts;

/** The second figure (`domain.md`, Exposure): named by the log and not judged benign. */
export const notBenign = (counts: ClassCounts): number =>
  EXPOSURE_CLASSES.reduce((sum, name) => (name === 'benignOnly' ? sum : sum + counts[name]), 0);
