import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../source/commands/suggestion.ts';

const WORDS = ['sessions', 'sources', 'summary', 'messages', 'mark'];

const meant: readonly (readonly [typed: string, word: string | null])[] = [
  ['sesions', 'sessions'],
  ['sessoins', 'sessions'],
  ['session', 'sessions'],
  ['mesages', 'messages'],
  ['mrak', 'mark'],
  ['sum', 'summary'],
  ['delete', null],
  ['x', null],
];

for (const [typed, word] of meant)
  test(`${typed} → ${word ?? 'nothing'}`, () => assert.equal(nearest(typed, WORDS), word));
