import type { JsonObject, JsonValue } from '../../domain/json.ts';

/** Whether a text is an object as `ConvertTo-Json -Depth` and Export-Csv flatten it. */
export const isPowershellObject = (value: JsonValue | undefined): value is string =>
  typeof value === 'string' && value.startsWith('@{');

/** What stands between `@{` and `}` at this level, cut at each `; Name=`; objects inside stay whole. */
const fieldsOf = (text: string): readonly string[] => {
  const fields: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{' && (depth > 0 || text[at - 1] === '@')) depth += 1;
    else if (text[at] === '}' && depth > 0) depth -= 1;
    else if (text[at] === ';' && depth === 0 && /^; ?[\w@.]{1,64}=/.test(text.slice(at, at + 68))) {
      fields.push(text.slice(start, at));
      start = text[at + 1] === ' ' ? at + 2 : at + 1;
    }
  }
  return [...fields, text.slice(start)];
};

const oneObject = (text: string): JsonObject => {
  const fields = fieldsOf(text.slice(2, -1))
    .map((field): [string, JsonValue] => {
      const equals = field.indexOf('=');
      return [field.slice(0, equals).trim(), field.slice(equals + 1)];
    })
    .filter(([name]) => name !== '');
  return Object.fromEntries(fields);
};

/**
 * Reads `@{Value=Bind; Name=MailAccessType}` as far as it goes: values are text, and what was a
 * list is lost; an object inside stays text of this form. A text may hold several of them, space
 * between.
 */
export const readPowershellObjects = (text: string): JsonObject[] =>
  text
    .trim()
    .split(/(?<=\}) (?=@\{)/)
    .filter((part) => part.startsWith('@{') && part.endsWith('}'))
    .map(oneObject);
