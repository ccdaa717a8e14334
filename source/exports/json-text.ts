/**
 * JSON as every document of the product is written: one place escapes, one place streams. Text from
 * a record may hold anything, so beside what JSON itself escapes, C1 controls, DEL and the Unicode
 * line separators are escaped too: `cat` of a document never acts on a terminal.
 */

/** Member values of a document: plain data, or a list that is written as it comes. */
export type Member = { readonly value: unknown } | { readonly list: Iterable<unknown> };

// Bidirectional controls reorder what a terminal shows, so they are written as escapes as well.
const ACTIVE = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON of one value on one line; keys keep the order in which the value was built. */
export const jsonText = (value: unknown): string =>
  // Outside strings JSON is ASCII, so replacing over the whole text touches strings only.
  JSON.stringify(value).replace(ACTIVE, escaped);

const listText = function* (list: Iterable<unknown>): Generator<string> {
  yield '[';
  let first = true;
  for (const element of list) {
    yield `${first ? '\n' : ',\n'}${jsonText(element)}`;
    first = false;
  }
  yield first ? ']' : '\n]';
};

/**
 * A document: its `schema` first, then the members in the order given. Lists stand one element a
 * line, so that documents can be compared with `diff` and searched with `grep`, and none is held.
 */
export const documentText = function* (
  schema: string,
  members: Iterable<readonly [name: string, member: Member]>,
): Generator<string> {
  yield `{"schema":${jsonText(schema)}`;
  for (const [name, member] of members) {
    yield `,\n${jsonText(name)}:`;
    if ('list' in member) yield* listText(member.list);
    else yield jsonText(member.value);
  }
  yield '}\n';
};
