import { stated } from './stated.ts';

/**
 * The identity of a message within its mailbox: without surrounding space and one pair of <>, case
 * kept (`domain.md` 4). null where there is no id.
 */
export const normaliseMessageId = (raw: string | null | undefined): string | null => {
  const text = stated(raw);
  if (text === null || !text.startsWith('<') || !text.endsWith('>')) return text;
  // Only emptiness is looked at inside: senders set ids, so "<null>" may be a real one.
  const inner = text.slice(1, -1).trim();
  return inner === '' ? null : inner;
};
