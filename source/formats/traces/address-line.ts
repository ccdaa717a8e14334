/** What an item list puts around an address that has no angle brackets. */
const AROUND = /^['"(]+|['".)]+$/g;
const SCHEME = /^(?:smtp|mailto):/i;

/** The address of one recipient: in angle brackets, or the last word that looks like one. */
const addressIn = (part: string): string | null => {
  // A display name may look like an address too: what stands in brackets is the one.
  const open = part.lastIndexOf('<');
  const close = part.indexOf('>', open);
  const within = open >= 0 && close > open ? part.slice(open + 1, close).trim() : '';
  const words = within.includes('@') ? [within] : part.split(/\s+/);
  const word = words.findLast((one) => one.indexOf('@') > 0);
  return word === undefined ? null : word.replace(AROUND, '').replace(SCHEME, '');
};

const isLegacyName = (part: string): boolean => /^\/o=/i.test(part);

/**
 * The addresses of a To, Cc, Bcc or sender cell of a Purview item list. Recipients stand between
 * commas or semicolons as `Name <a@x>`, `Name a@x` or `a@x`, and names hold commas as well
 * ("Jacobs, G <g@x>"). Where no address can be told, what stands there is kept: it is somebody.
 */
export const addressesOf = (line: string): readonly string[] => {
  const addresses = line.split(/[;,]/).flatMap((piece) => {
    const part = piece.trim();
    return isLegacyName(part) ? [part] : (addressIn(part) ?? []);
  });
  if (addresses.length > 0) return [...new Set(addresses)];
  return line.split(';').flatMap((piece) => (piece.trim() === '' ? [] : [piece.trim()]));
};
