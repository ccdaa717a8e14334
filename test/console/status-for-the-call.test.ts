import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusForTheCall } from '../../source/console/words/status-for-the-call.ts';
import { OVERVIEW } from './hand-made-case.ts';

const { summary } = OVERVIEW;
const [jacobs, finance] = summary.mailboxes;
assert.ok(jacobs && finance);

const sentences = (text: string): readonly string[] => text.split(/\. (?=[A-Z])/);

test('whose mail and when, how many, what is missing, and what that does not say: two sentences', () => {
  const [access = '', figures = '', ...more] = sentences(statusForTheCall(OVERVIEW));
  assert.deepEqual(more, []);
  assert.equal(
    access,
    'Recorded malicious access to 1 mailbox, g.jacobs@contoso.example, from 2026-09-24 14:00 to 2026-09-24 14:13 UTC ' +
      '(2 of 66 sessions malicious, 5 benign, 59 not or not wholly judged); ' +
      'log missing in the period: 1 mailbox; not yet judged: 31 messages in 2 mailboxes (1 other)',
  );
  assert.match(figures, /^In figures: 214 \+ 1 without id messages recorded in contexts/);
  assert.match(figures, /the log cannot state a maximum; to be said with that: 1 mailbox presumed/);
  assert.match(figures, /what is not listed is not proved untouched\.$/);
});

test('many mailboxes: the worst are named, the period is that of all', () => {
  const mailboxes = [1, 5, 3, 4, 2].map((number) => ({
    ...jacobs,
    owner: `u${number}@contoso.example`,
    confirmed: number,
    firstAttributed: `2026-09-2${number}T08:00:00Z`,
    lastAttributed: `2026-09-2${number}T09:00:00Z`,
  }));
  const text = statusForTheCall({
    ...OVERVIEW,
    summary: { ...summary, mailboxes: [...mailboxes, finance] },
  });
  assert.match(
    text,
    /^Recorded malicious access to 5 mailboxes, u5@contoso\.example, u4@contoso\.example, u3@contoso\.example and 2 more, from 2026-09-21 08:00 to 2026-09-25 09:00 UTC/,
  );
});

test('nothing judged malicious: said so, with what was looked at', () => {
  const text = statusForTheCall({
    ...OVERVIEW,
    summary: { ...summary, mailboxes: [finance], sessions: { ...summary.sessions, malicious: 0 } },
  });
  assert.match(
    text,
    /^No malicious access so far in 2,600 log records from 2026-09-10 00:00 to 2026-09-25 00:00 UTC \(0 of 64 sessions malicious/,
  );
});

test('a name out of a record cannot act on the terminal it is pasted into', () => {
  const owner = 'a\u001b]0;owned\u0007\n\u202e@contoso.example';
  const mailboxes = [{ ...jacobs, owner }];
  const text = statusForTheCall({ ...OVERVIEW, summary: { ...summary, mailboxes } });
  assert.doesNotMatch(text, /\p{C}/u);
  assert.match(text, /a\\x1b\]0;owned\\x07 \\u202e@contoso\.example/);
});
