import type { JsonObject, JsonValue } from '../../domain/json.ts';

/** Whether a text is an object as `ConvertTo-Json -Depth` and Export-Csv flatten it. */
export const isPowershellObject = (value: JsonValue | undefined): value is string =>
  typeof value === 'string' && value.startsWith('@{');

const oneObject = (text: string): JsonObject => {
  const fields = text
    .slice(2, -1)
    .split(/; ?(?=[\w@.]+=)/)
    .map((field): [string, JsonValue] => {
      const equals = field.indexOf('=');
      return [field.slice(0, equals).trim(), field.slice(equals + 1)];
    })
    .filter(([name]) => name !== '');
  return Object.fromEntries(fields);
};

/**
 * Reads `@{Value=Bind; Name=MailAccessType}` as far as it goes: values are text, and what was a
 * list or an object is lost. A text may hold several of them, space between.
 */
export const readPowershellObjects = (text: string): JsonObject[] =>
  text
    .trim()
    .split(/(?<=\}) (?=@\{)/)
    .filter((part) => part.startsWith('@{') && part.endsWith('}'))
    .map(oneObject);
