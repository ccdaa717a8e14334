import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import { classOf, type MessageStanding } from '../../source/domain/exposure.ts';
import { EXPOSURE_CLASSES } from '../../source/domain/message.ts';
import { CLASS_SQL } from '../../source/store/queries/judgement.ts';

const BOTH = [true, false];

/** Each combination of facts about a message. */
const STANDINGS: readonly MessageStanding[] = BOTH.flatMap((inMalicious) =>
  BOTH.flatMap((inSyncedFolder) =>
    BOTH.flatMap((mailboxPresumedWhole) =>
      BOTH.map((inUndecided) => {
        return { inMalicious, inSyncedFolder, mailboxPresumedWhole, inUndecided };
      }),
    ),
  ),
);

test('confirmed beats presumed beats open beats benign only', () => {
  const facts = { inSyncedFolder: false, mailboxPresumedWhole: false, inUndecided: false };
  assert.equal(classOf({ inMalicious: false, ...facts }), 'benignOnly');
  assert.equal(classOf({ inMalicious: false, ...facts, inUndecided: true }), 'open');
  for (const inUndecided of BOTH) {
    const standing = { inMalicious: false, ...facts, inUndecided };
    assert.equal(classOf({ ...standing, inSyncedFolder: true }), 'presumed');
    assert.equal(classOf({ ...standing, mailboxPresumedWhole: true }), 'presumed');
  }
  for (const standing of STANDINGS)
    if (standing.inMalicious) assert.equal(classOf(standing), 'confirmed');
});

test('SQLite gives each message the class that the domain gives it', (t) => {
  const db = new DatabaseSync(':memory:');
  t.after(() => db.close());
  const asked = db.prepare(
    `SELECT ${CLASS_SQL} AS class FROM (SELECT ? AS malicious, ? AS benign_only) st,
      (SELECT ? AS mailbox) pw`,
  );
  for (const standing of STANDINGS) {
    const { inMalicious, inSyncedFolder, mailboxPresumedWhole, inUndecided } = standing;
    // A folder synced in a malicious context presumes its mailbox whole.
    const whole = mailboxPresumedWhole || inSyncedFolder;
    const benignOnly = !inMalicious && !inUndecided;
    const row = asked.get(Number(inMalicious), Number(benignOnly), whole ? 1 : null);
    assert.equal(EXPOSURE_CLASSES[Number(row?.['class'])], classOf(standing));
  }
});
