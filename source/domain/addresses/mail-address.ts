import { stated } from '../records/stated.ts';

/** Who the service says a bounce is from: nobody. */
export const NULL_SENDER = '<>';

/**
 * A mail address as traces name it, for comparing: lower case, and of `Name <a@x>` the address alone.
 * Anything else stays as it stands, since a strange address is a finding too.
 */
export const mailAddress = (raw: string | null | undefined): string | null => {
  const text = stated(raw);
  if (text === null) return null;
  const named = /<([^<>\s]+@[^<>\s]+)>$/.exec(text);
  return (named?.[1] ?? text).toLowerCase();
};

/** What stands behind the last @, or null. */
export const mailDomain = (address: string): string | null => {
  const at = address.lastIndexOf('@');
  return at < 0 || at === address.length - 1 ? null : address.slice(at + 1).toLowerCase();
};
