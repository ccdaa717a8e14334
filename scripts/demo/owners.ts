import { latest } from './mailflow.ts';
import type { Seat, Stage } from './stage.ts';
import { FIRST_DAY, isWorkday, LAST_DAY, OFFICE, september } from './zuiderlicht.ts';
import type { User } from './zuiderlicht.ts';

const OWNER = { who: 'owner' } as const;
const STAFF: readonly User[] = [
  'g.jacobs',
  'm.visser',
  'k.okafor',
  'a.lefevre',
  'l.pena',
  't.berg',
];
/** Who works from home, and on which days. */
const HOME_DAYS: { readonly [user in User]?: readonly number[] } = {
  'm.visser': [11, 18, 23],
  'k.okafor': [14, 21],
  'a.lefevre': [10, 11, 14, 15, 16, 17, 18, 21, 22, 23, 24],
};

/** Ids of the sessions that the demo's analyst has cleared. */
export interface KnownSessions {
  readonly desktop: ReadonlyMap<User, readonly string[]>;
  readonly web: ReadonlyMap<User, readonly string[]>;
}

const addressOn = (stage: Stage, user: User, day: number): string =>
  HOME_DAYS[user]?.includes(day) || !isWorkday(day) ? stage.company.of(user).home : OFFICE;

/** Outlook at the desk: syncs by the hour, the odd message opened; one session id a week. */
const deskDay = (stage: Stage, seat: Seat, day: number): void => {
  const { random } = stage;
  let at = september(day, '05:45:00') + random.below(2400);
  stage.sync(seat, at, 'inbox');
  for (const role of ['sent', 'deleted'] as const) stage.sync(seat, at + random.below(90), role);
  while ((at += 1500 + random.below(2500)) < september(day, '15:40:00')) {
    stage.sync(seat, at, random.chance(0.75) ? 'inbox' : random.pick(['sent', 'project']));
    if (random.chance(0.3)) {
      const mail = latest(stage.mailOf(seat.user), at, random.between(1, 4), ['inbox', 'sent']);
      stage.bind(seat, at + random.below(1200), mail);
    }
  }
};

const desks = (stage: Stage): Map<User, string[]> => {
  const sessions = new Map<User, string[]>();
  for (const user of STAFF) {
    const ids = [stage.random.guid(), stage.random.guid(), stage.random.guid()];
    sessions.set(user, ids);
    for (let day = FIRST_DAY; day <= LAST_DAY; day += 1) {
      if (!isWorkday(day)) continue;
      const sessionId = ids[day < 14 ? 0 : day < 21 ? 1 : 2]!;
      const address = addressOn(stage, user, day);
      const desk = { user, by: OWNER, client: 'outlook-desktop', address, sessionId } as const;
      deskDay(stage, { ...desk, fields: ['SessionId'], shape: '2024', device: false }, day);
    }
  }
  return sessions;
};

/** Phones look at what has come in, at all hours of the day; many leave no session id. */
const phones = (stage: Stage): void => {
  for (const user of STAFF) {
    const android = user === 't.berg' || user === 'k.okafor';
    const sessionId = user === 'g.jacobs' || user === 'l.pena' ? stage.random.guid() : null;
    for (let day = FIRST_DAY; day <= LAST_DAY; day += 1)
      for (let look = stage.random.between(3, 6); look > 0; look -= 1) {
        const at = september(day, '04:50:00') + stage.random.below(15.5 * 3600);
        const seat: Seat = {
          user,
          by: OWNER,
          client: android ? 'android' : 'ios',
          address: stage.company.of(user).home,
          sessionId,
          fields: sessionId ? ['AADSessionId'] : [],
          shape: '2025',
          device: false,
        };
        stage.bind(seat, at, latest(stage.mailOf(user), at, stage.random.between(1, 4)));
      }
  }
};

/** Outlook on the web, now and then: a session a sitting. */
const web = (stage: Stage): Map<User, string[]> => {
  const sessions = new Map<User, string[]>();
  for (const user of STAFF)
    for (const day of [10, 11, 15, 18, 21, 22, 24].filter((_, i) => (i + user.length) % 2 === 0)) {
      const sessionId = stage.random.guid();
      sessions.set(user, [...(sessions.get(user) ?? []), sessionId]);
      const address = addressOn(stage, user, day);
      const seat: Seat = {
        ...{ user, by: OWNER, client: 'owa', address, sessionId },
        ...{ fields: ['AADSessionId'], shape: '2025', device: true },
      };
      readOn(
        stage,
        seat,
        september(day, '07:10:00') + stage.random.below(20000),
        stage.random.between(7, 15),
      );
    }
  return sessions;
};

/** A sitting: a message or a few at a time, minutes apart, with a reply or a deletion between. */
export const readOn = (stage: Stage, seat: Seat, from: number, records: number): void => {
  const { random } = stage;
  let at = from;
  for (let record = 0; record < records; record += 1) {
    at += 60 + random.below(420);
    const roles = random.chance(0.7) ? ['inbox'] : ['sent', 'project', 'drafts', 'archive'];
    const recent = latest(stage.mailOf(seat.user), at, 30, roles);
    const start = random.below(Math.max(1, recent.length - 4));
    const mail = recent.slice(start, start + random.between(1, 4));
    stage.bind(seat, at, mail);
    if (mail[0] && random.chance(0.3))
      stage.other(
        seat,
        at + 40,
        random.pick(['Send', 'MoveToDeletedItems', 'SoftDelete']),
        mail[0],
      );
  }
};

/** Outlook's own services, and the CRM that reads the sales mailbox: no session ids (`domain.md` 6). */
const services = (stage: Stage): void => {
  const { company, random } = stage;
  for (let day = FIRST_DAY; day <= LAST_DAY; day += 1) {
    for (const [user, address] of [
      ['g.jacobs', '2603:10a6:800:125::13'],
      ['k.okafor', '2603:10a6:803:4c::10'],
    ] as const) {
      const seat: Seat = {
        ...{ user, by: OWNER, client: 'rest', address, sessionId: null },
        ...{ fields: [], shape: '2024', device: false },
      };
      for (let time = 0; time < (isWorkday(day) ? 5 : 1); time += 1) {
        const at = september(day, '06:00:00') + random.below(10 * 3600);
        stage.bind(seat, at, latest(stage.mailOf(user), at, random.between(1, 3)));
      }
    }
    if (!isWorkday(day)) continue;
    for (let hour = 5; hour < 17; hour += 1) {
      const at = september(day, `${String(hour).padStart(2, '0')}:00:30`);
      const seat: Seat = {
        ...{ user: 'k.okafor', by: { who: 'app', app: company.archive }, client: 'graph-app' },
        ...{ clientAppId: company.archive.clientAppId, address: '20.190.160.21', sessionId: null },
        ...{ fields: [], shape: '2025', device: false },
      };
      stage.bind(seat, at, latest(stage.mailOf('k.okafor'), at, random.between(1, 3)));
    }
  }
};

/** The finance mailbox is worked in by two colleagues, and read by a scanner over IMAP. */
const sharedMailbox = (stage: Stage): void => {
  const scanner: Seat = {
    ...{ user: 'finance', by: OWNER, client: 'imap', address: OFFICE, sessionId: null },
    ...{ fields: [], shape: '2024', device: false },
  };
  for (const user of ['g.jacobs', 'l.pena'] as const)
    for (const day of user === 'g.jacobs' ? [10, 14, 16, 22] : [11, 17, 23]) {
      const by = { who: 'delegate', mailbox: stage.company.of(user) } as const;
      const seat: Seat = {
        ...{ user: 'finance', by, client: 'owa', address: OFFICE, sessionId: stage.random.guid() },
        ...{ fields: ['AADSessionId'], shape: '2025', device: false },
      };
      readOn(stage, seat, september(day, '08:00:00') + stage.random.below(18000), 9);
    }
  for (let day = FIRST_DAY; day <= LAST_DAY; day += 1)
    if (isWorkday(day))
      for (const time of ['06:30:12', '10:30:11', '14:30:09']) {
        const at = september(day, time);
        stage.bind(scanner, at, latest(stage.mailOf('finance'), at, 3));
      }
};

/** Two quiet weeks of an office, as they would have been. */
export const playOwners = (stage: Stage): KnownSessions => {
  const desktop = desks(stage);
  phones(stage);
  const known = { desktop, web: web(stage) };
  services(stage);
  sharedMailbox(stage);
  return known;
};
