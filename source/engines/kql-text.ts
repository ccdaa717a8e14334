const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** What could end a literal or a line, or act on the terminal that shows the query. */
const ACTIVE = /["\\]|(?! )[\p{C}\p{Z}]/gu;

const escaped = (character: string): string =>
  SHORT_ESCAPES[character] ??
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

/** Any text as a string literal of KQL: the only way for a value into a query. */
export const kqlText = (text: string): string => `"${text.replaceAll(ACTIVE, escaped)}"`;

export const kqlList = (texts: readonly string[]): string => texts.map(kqlText).join(', ');

/** A UTC ISO time as a literal. */
export const kqlTime = (iso: string): string => `todatetime(${kqlText(iso)})`;

/** A constant of ours that has backslashes, as regular expressions do; it holds no `'`. */
export const kqlPattern = (pattern: string): string => `@'${pattern}'`;
