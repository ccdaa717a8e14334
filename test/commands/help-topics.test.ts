import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { TOPIC_NAMES, topicText, topicTitle } from '../../source/help/topic-text.ts';
import { runMia } from './run-mia.ts';

const HELP = new URL('../../source/help/', import.meta.url);
const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const sources = TOPIC_NAMES.map((name) => ({
  name,
  text: readFileSync(new URL(`${name}.md`, HELP), 'utf8'),
}));

test('each file of source/help is a topic, listed by mia --help and linked from the README', async () => {
  const files = readdirSync(HELP).filter((name) => name.endsWith('.md'));
  assert.deepEqual(TOPIC_NAMES.map((name) => `${name}.md`).toSorted(), files.toSorted());
  const { stdout } = await runMia(['--help']);
  for (const name of TOPIC_NAMES) {
    assert.ok(stdout.includes(name) && stdout.includes(topicTitle(name)), name);
    assert.ok(README.includes(`(source/help/${name}.md)`), name);
  }
});

test('a topic fits its width, says all its words, and shows no marks', () => {
  for (const { name, text } of sources)
    for (const width of [60, 79]) {
      const lines = topicText(name, width) ?? assert.fail(name);
      const printed = lines.join(' ').replace(/\s+/g, ' ');
      assert.doesNotMatch(printed, /\*\*|\]\(/, name);
      for (const line of lines)
        assert.ok(line.length <= width || !line.trim().includes(' ') || /^ {2}\S/.test(line), line);
      const words = text.match(/[A-Za-z]{6,}/g) ?? [];
      for (const word of words) assert.ok(printed.includes(word) || /https?/.test(word), word);
    }
});

test('mia help TOPIC prints it; an unknown one is wrong usage, with the nearest', async () => {
  const numbers = await runMia(['help', 'numbers']);
  assert.equal(numbers.code, 0);
  assert.match(numbers.stdout, /^What the numbers mean/);
  const mistyped = await runMia(['help', 'nubmers']);
  assert.equal(mistyped.code, 2);
  assert.match(mistyped.stderr, /Did you mean mia help numbers\?/);
  const unknown = await runMia(['help', 'xyzzy-plugh']);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /Topics: .*changes.*signing-in/);
  assert.match((await runMia(['help', 'mark'])).stdout, /^mia mark:/);
});

test('no topic and no README leads to a page or topic that is not there', () => {
  for (const text of [README, ...sources.map((one) => one.text)]) {
    for (const [, name = ''] of text.matchAll(/mia help ([a-z-]+)/g))
      assert.ok(TOPIC_NAMES.includes(name) || name === 'topic', name);
    for (const [, path = ''] of text.matchAll(/\(source\/help\/([a-z-]+)\.md\)/g))
      assert.ok(TOPIC_NAMES.includes(path), path);
  }
});
