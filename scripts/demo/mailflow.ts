import { folderOf } from '../generator/folders.ts';
import { spellMessageId } from '../generator/mail.ts';
import type { Mail } from '../generator/mail.ts';
import { BASE64, hashOf, seededRandom } from '../generator/random.ts';
import type { Random } from '../generator/random.ts';
import type { Mailbox } from '../generator/world.ts';
import { LETTERS, ROUND_MAIL } from './correspondence.ts';
import type { Letter } from './correspondence.ts';
import { FIRST_DAY, isWorkday, LAST_DAY, SEED, september } from './zuiderlicht.ts';
import type { User } from './zuiderlicht.ts';

/** Mail of a working day, by mailbox. */
const DAILY: { readonly [user in User]: number } = {
  'g.jacobs': 13,
  'm.visser': 10,
  finance: 9,
  'k.okafor': 8,
  'a.lefevre': 5,
  'l.pena': 5,
  't.berg': 5,
};

const makeMail = (
  mailbox: Mailbox,
  letter: Letter,
  sentAt: number,
  number: number,
  random: Random,
): Mail => {
  const role = letter.folder ?? (random.chance(0.06) ? 'deleted' : 'inbox');
  const own = role === 'sent' || role === 'drafts';
  const mailboxId = mailbox.guid.replaceAll('-', '').slice(0, 24);
  const serial = random.text(BASE64, 5);
  const domain = letter.with.slice(letter.with.indexOf('@') + 1);
  return {
    messageId: spellMessageId(random, domain),
    itemId: `RgAAAAD${mailboxId}BwA${serial}AAAEMAAA`,
    immutableId: `AAkALgAAAAAAHYQ${mailboxId}${serial}AAA`,
    networkMessageId: random.guid(),
    size: 4000 + random.below(400) * random.below(400),
    subject: letter.subject.replace('#', String((number % 90) + 10)),
    sender: own ? mailbox.upn : letter.with,
    recipients: own ? [letter.with] : [mailbox.upn],
    sentAt,
    folder: folderOf(mailbox.folders, role),
    shared: false,
    // One scanned fax in sixty has no message id.
    unidentified: number % 60 === 41,
  };
};

/** Times mail came in or went out: older mail first, then day by day. */
const sendingTimes = (user: User, random: Random): readonly number[] => {
  const times: number[] = [];
  // Some of it is older than any trace reaches.
  for (let old = 0; old < DAILY[user] * 9; old += 1)
    times.push(september(FIRST_DAY, '00:00:00') - 3600 - random.below(150 * 86400));
  for (let day = FIRST_DAY; day <= LAST_DAY; day += 1) {
    const count = isWorkday(day) ? DAILY[user] : 2;
    for (let mail = 0; mail < count; mail += 1)
      times.push(september(day, '05:30:00') + random.below(11.5 * 3600));
  }
  return times.toSorted((a, b) => a - b);
};

/** All mail of a mailbox, oldest first. */
export const mailOfUser = (user: User, mailbox: Mailbox): readonly Mail[] => {
  const random = seededRandom(hashOf(SEED, 3, mailbox.index));
  const letters = LETTERS[user];
  return sendingTimes(user, random).map((sentAt, number) => {
    const letter = random.chance(0.75)
      ? letters[number % letters.length]!
      : random.pick(ROUND_MAIL);
    return makeMail(mailbox, letter, sentAt, number, random);
  });
};

/** The last `count` messages that were there at that time, newest first, in these folders. */
export const latest = (
  mail: readonly Mail[],
  at: number,
  count: number,
  roles: readonly string[] = ['inbox'],
): readonly Mail[] =>
  mail
    .filter(({ sentAt, folder }) => sentAt < at && roles.includes(folder.role))
    .slice(-count)
    .toReversed();
