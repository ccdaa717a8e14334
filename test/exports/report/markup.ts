import assert from 'node:assert/strict';

/** Elements that have no end tag. */
const VOID: ReadonlySet<string> = new Set(['meta', 'col', 'br', 'link', 'img', 'input', 'base']);

const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/gi;

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const attributesOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/([a-z-]+)(?:="([^"]*)")?/gi)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      value,
    ]),
  );

/**
 * The elements of a document of ours; fails where tags are not balanced or a bare < or > stands
 * outside a tag.
 */
export const elementsOf = (html: string): readonly Element[] => {
  const body = html.replace(/^<!doctype html>\n/, '').replace(/<style>[^<]*<\/style>/, '');
  const open: string[] = [];
  const elements: Element[] = [];
  for (const [, slash, name = '', attributes = ''] of body.matchAll(TAG)) {
    if (slash === '/') assert.equal(open.pop(), name, `</${name}>`);
    else {
      elements.push({ name, attributes: attributesOf(attributes) });
      if (!VOID.has(name)) open.push(name);
    }
  }
  assert.deepEqual(open, [], 'all are closed');
  assert.doesNotMatch(body.replace(TAG, ''), /[<>]/, 'nothing else looks like markup');
  return elements;
};

/** The text between tags, entities read back. */
export const textOf = (html: string): string =>
  html
    .replace(/<style>[^<]*<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(
      /&(lt|gt|quot|#39|amp);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name] ?? '',
    );
