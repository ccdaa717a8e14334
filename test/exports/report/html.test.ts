import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlExport } from '../../../source/exports/report/html/html.ts';
import { htmlText } from '../../../source/exports/report/html/html-text.ts';
import { MOST_ROWS } from '../../../source/exports/report/listed-rows.ts';
import type { ExportedCase } from '../../../source/exports/exported-case.ts';
import { sampleCase, sampleMessage } from '../sample-case.ts';
import { hostileCase, HOSTILE } from './hostile-case.ts';
import { elementsOf, textOf } from './markup.ts';

const html = (exported: ExportedCase): string => [...htmlExport.parts[0].text(exported)].join('');

/** Attributes that make a browser load or run something. */
const LOADS = /^(?:src|srcset|data|poster|background|action|formaction|on.*)$/;

const assertInert = (text: string): void => {
  const elements = elementsOf(text);
  const names = new Set(elements.map(({ name }) => name));
  for (const name of ['script', 'link', 'img', 'iframe', 'object', 'embed', 'form', 'base', 'svg'])
    assert.ok(!names.has(name), name);
  for (const { name, attributes } of elements)
    for (const [attribute, value] of attributes) {
      assert.doesNotMatch(attribute, LOADS, `${attribute} of ${name}`);
      if (attribute === 'href') assert.match(value, /^#[a-z-]+$/);
    }
  assert.doesNotMatch(/<style>([^<]*)<\/style>/.exec(text)?.[1] ?? '', /url\(|@import|http/);
  const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? []);
  assert.equal(new Set(ids).size, ids.length, 'ids are unique');
  for (const { attributes } of elements) {
    const href = attributes.get('href');
    if (href !== undefined) assert.ok(ids.includes(href.slice(1)), href);
  }
  assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  assert.ok(text.isWellFormed());
};

test('a report is well-formed, runs nothing, loads nothing, and begins as it says', () => {
  const text = html(sampleCase());
  assertInert(text);
  assert.ok(text.startsWith(htmlExport.parts[0].opening));
  assert.match(text, /Content-Security-Policy" content="default-src &#39;none&#39;/);
});

test('whatever a record says stays text', () => {
  const text = html(hostileCase());
  assertInert(text);
  assert.ok(textOf(text).includes('<script>alert(1)</script>'), 'and is shown');
  assert.ok(text.includes('\\u202e'));
});

test('a subject of 10,000 characters is cut, and its length is said', () => {
  const text = html(hostileCase());
  assert.match(text, /… \(cut: the text has 10,000 characters\)/);
  assert.ok(!text.includes('ab'.repeat(200)));
});

test('the escape leaves no markup and nothing invisible', () => {
  assert.doesNotMatch(htmlText(HOSTILE), /[<>"'\p{Cc}\p{Cf}]/u);
  assert.equal(htmlText('a & b'), 'a &amp; b');
});

test('an empty case and one without verdicts say so', () => {
  const { summary } = sampleCase();
  const nothing = { malicious: 0, benign: 0, mixed: 0, undecided: 0 };
  const text = html(
    sampleCase({
      ...{ sources: [], decisions: [], fetches: [], lookups: [], window: null },
      summary: { ...summary, sessions: nothing, mailboxes: [], beyond: [] },
      sessions: () => [],
      messages: () => [],
    }),
  );
  assertInert(text);
  assert.match(text, /The case holds no audit log/);
  assert.match(text, /no finding that nothing was accessed/);
  assert.match(text, /no decision yet/);
});

test('a part of a case says so before anything else', () => {
  const scope = {
    mailboxes: [{ guid: null, owner: "o'hara@contoso.example" }],
    caseMailboxes: 3,
  };
  const text = textOf(html(sampleCase({ scope })));
  assert.ok(text.indexOf('Part of the case: ') < text.indexOf('Listed as accessed'));
  assert.ok(text.includes(`--mailbox 'o'\\''hara@contoso.example'`), 'commands are of it too');
});

test('a long list ends at a stated number, with a command for all of it', () => {
  const many = Array.from({ length: MOST_ROWS + 7 }, () => sampleMessage());
  const text = html(sampleCase({ messages: () => many }));
  assertInert(text);
  assert.match(text, /The first 2,000 of 2,007 rows\. All of them: <code>mia export/);
  assert.equal(text.match(/lunch/g)?.length, MOST_ROWS);
});
