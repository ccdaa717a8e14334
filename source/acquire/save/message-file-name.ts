import { createHash } from 'node:crypto';

/** Bytes of a subject in a file name. */
const LONGEST_SUBJECT = 60;

/** Letters and digits of any script, and nothing that a shell, a screen or a file system reads. */
const cleaned = (subject: string): string => {
  const words = subject.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-');
  let name = '';
  for (const character of words) {
    if (Buffer.byteLength(name + character) > LONGEST_SUBJECT) break;
    name += character;
  }
  return name.replace(/^-+|-+$/g, '');
};

/** Which copy of which message a file holds: the same for the same one, on every machine. */
const copyKey = (ident: readonly (string | null)[]): string =>
  createHash('sha256').update(JSON.stringify(ident)).digest('hex').slice(0, 16);

/**
 * The name of the file of one copy of a message: a hash, which alone tells files apart, and some of
 * the subject for people. Senders choose subjects: of those only letters and digits are left, so the
 * name leads nowhere, is no device, and is short. `turn`: from 1; another file has the name already.
 */
export const messageFileName = (
  ident: readonly (string | null)[],
  subject: string | null,
  turn = 1,
): string => {
  const words = cleaned(subject ?? '');
  const parts = [copyKey(ident), ...(words === '' ? [] : [words]), ...(turn > 1 ? [turn] : [])];
  return `${parts.join('-')}.eml`;
};

/** What messageFileName makes, and nothing else. */
export const isMessageFileName = (name: string): boolean =>
  /^[0-9a-f]{16}(-[\p{L}\p{N}]+)*\.eml$/u.test(name) && Buffer.byteLength(name) < 120;
