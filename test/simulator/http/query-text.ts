/**
 * A query string as the service reads it: a raw `+` is a space, so an id that was not encoded finds
 * nothing (`tenant.md` 4), and a raw `&` ends the value. null: malformed percent encoding.
 */
export const readQuery = (text: string): ReadonlyMap<string, string> | null => {
  const query = new Map<string, string>();
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    try {
      query.set(decode(name), decode(value));
    } catch {
      return null;
    }
  }
  return query;
};

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

/** Parts of a path, decoded; slashes within a part stay encoded as they must. */
export const readPath = (path: string): readonly string[] | null => {
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map((part) => decodeURIComponent(part));
  } catch {
    return null;
  }
};
