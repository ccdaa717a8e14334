import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchSentence } from '../../../source/domain/fetches/fetch-words.ts';
import { fetchAsOf, type StoredFetch } from '../../../source/domain/fetches/stored-fetch.ts';
import type { Source } from '../../../source/domain/records/source.ts';
import { sampleCase } from '../../exports/sample-case.ts';

/** As an older mia kept it: no numbers of its own, and "complete" whatever they were. */
const keptBefore = (over: { readonly records: number; readonly announced: number | null }) => {
  const [sample] = sampleCase().fetches;
  assert.ok(sample !== undefined);
  const { announced: _, received: __, damaged: ___, lateUntil: ____, ...rest } = sample;
  const queries = sample.queries.map(({ matching: _____, ...query }) => ({
    ...{ ...query, ...over },
    source: 'aaaaaaaaaaaa',
  }));
  const { records } = over;
  return { ...rest, queries, records, holes: [], outcome: 'complete' } as unknown as StoredFetch;
};

const sourceWith = (damaged: number): Source => {
  const [source] = sampleCase().sources;
  assert.ok(source !== undefined);
  return { ...source, id: 'aaaaaaaaaaaa', damaged, withdrawn: null };
};

test('what an older mia called complete is said by its numbers', () => {
  const short = fetchAsOf(keptBefore({ records: 1500, announced: 2881 }), [sourceWith(0)]);
  assert.equal(short.outcome, 'missing');
  assert.deepEqual(
    short.holes.map(({ why, users }) => [why, users]),
    [['announced', ['=cmd@contoso.example']]],
  );
  assert.match(
    fetchSentence(short),
    /^1,500 of 2,881 announced received, NOT ALL IS HERE: 1 hole, /,
  );
  const damaged = fetchAsOf(keptBefore({ records: 60, announced: 60 }), [sourceWith(55)]);
  assert.equal(damaged.outcome, 'missing');
  assert.match(fetchSentence(damaged), /^60 of 60 announced received, NOT ALL IS HERE: 55 damaged/);
  const whole = fetchAsOf(keptBefore({ records: 60, announced: 60 }), [sourceWith(0)]);
  assert.equal(whole.outcome, 'nothingKnownMissing');
  assert.match(
    fetchSentence(whole),
    /^60 of 60 announced received, nothing known to be missing, late records possible until 2026-09-27T00:00:00Z$/,
  );
  const silent = fetchAsOf(keptBefore({ records: 60, announced: null }), [sourceWith(0)]);
  assert.match(fetchSentence(silent), /^60 records received, no number announced, nothing known/);
});

test('a withdrawn source is a hole, once, however often it is read', () => {
  const gone = [{ ...sourceWith(0), withdrawn: { at: 'x', analyst: 'kim', because: null } }];
  const once = fetchAsOf(keptBefore({ records: 60, announced: 60 }), gone);
  const twice = fetchAsOf(once, gone);
  assert.deepEqual(
    twice.holes.map(({ why }) => why),
    ['withdrawn'],
  );
  assert.equal(twice.outcome, 'missing');
  assert.deepEqual(fetchAsOf(twice, [sourceWith(0)]).holes, [], 'and none where it is back');
});
