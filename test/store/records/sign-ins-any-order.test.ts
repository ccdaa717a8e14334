import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bindData } from '../../domain/records/audit-data.ts';
import { sampleSignIn } from '../../domain/sessions/sample-sign-in.ts';
import { type MadeRow, MemoryRecords } from './ingest-in-memory.ts';

const TOKENS = ['vNB0GVLcq0SFLhthtzWAAA', 'another-token'] as const;

/** Sign-ins of three ids that say the same, less, or something else; and records with their tokens. */
const anyRow: fc.Arbitrary<MadeRow> = fc.oneof(
  fc
    .record({
      id: fc.constantFrom('id-1', 'id-2', 'id-3'),
      address: fc.constantFrom('203.0.113.7', '198.51.100.9', null),
      app: fc.constantFrom('Outlook', null),
      sessionId: fc.constantFrom('s-one', 's-two', null),
      tokenId: fc.constantFrom(...TOKENS, null),
      riskLevel: fc.constantFrom('none', 'high', null),
    })
    .map((over) => ({ signIn: sampleSignIn(over) })),
  fc
    .record({
      Id: fc.constantFrom('record-1', 'record-2', 'record-3'),
      SessionId: fc.constantFrom('s-one', undefined),
      token: fc.constantFrom(...TOKENS, undefined),
    })
    .map(({ Id, SessionId, token }) =>
      bindData({ Id, SessionId, AppAccessContext: { UniqueTokenId: token } }),
    ),
  fc.constant('broken row'),
);

const anyFiles = fc.array(fc.array(anyRow, { maxLength: 6 }), { minLength: 1, maxLength: 4 });

const tokensIn = ({ db }: MemoryRecords): string =>
  JSON.stringify(
    db
      .prepare(
        `SELECT c.key, t.token FROM tokens t JOIN contexts c ON c.context = t.context
        ORDER BY c.key, t.token`,
      )
      .all(),
  );

const tokensOfRecords = ({ db }: MemoryRecords): string =>
  JSON.stringify(
    db
      .prepare(
        `SELECT DISTINCT c.key, r.token FROM records r JOIN contexts c ON c.context = r.context
        WHERE r.token IS NOT NULL ORDER BY c.key, r.token`,
      )
      .all(),
  );

describe('sign-ins of any files, in any order and batches', () => {
  it('make the same case with the same totals; the five outcomes of a file add up', () => {
    const shuffled = anyFiles.chain((files) =>
      fc.tuple(
        fc.constant(files),
        fc.shuffledSubarray(files, { minLength: files.length }),
        fc.integer({ min: 1, max: 4 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([files, order, batch]) => {
        const [one, two] = [new MemoryRecords(), new MemoryRecords()];
        const inOne = files.map((rows) => one.add(rows));
        const inTwo = order.map((rows) => two.add(rows, batch));
        inOne.forEach((source, at) => {
          const { rows, accepted, duplicates, conflicts, damaged } = one.counts(source);
          assert.equal(rows, files[at]?.length);
          assert.equal(accepted + duplicates + conflicts + damaged, rows);
        });
        assert.deepEqual(two.totals(inTwo), one.totals(inOne));
        assert.equal(two.digest(), one.digest());
        assert.equal(tokensIn(two), tokensOfRecords(one));
        one.db.close();
        two.db.close();
      }),
      { numRuns: 50 },
    );
  });

  it('say without a file that was taken away what they say had it never been there', () => {
    fc.assert(
      fc.property(anyFiles, fc.array(anyRow, { minLength: 1, maxLength: 6 }), (files, wrong) => {
        const [one, two] = [new MemoryRecords(), new MemoryRecords()];
        const mistake = two.add(wrong);
        const inOne = files.map((rows) => one.add(rows));
        const inTwo = files.map((rows) => two.add(rows));
        two.remove(mistake);
        assert.deepEqual(two.totals(inTwo), one.totals(inOne));
        assert.equal(two.digest(), one.digest());
        assert.equal(tokensIn(two), tokensOfRecords(two));
        one.db.close();
        two.db.close();
      }),
      { numRuns: 40 },
    );
  });
});
