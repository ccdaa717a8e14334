import type { Mail } from '../generator/mail.ts';
import { latest } from './mailflow.ts';
import { readOn } from './owners.ts';
import type { Seat, Stage } from './stage.ts';
import { INTRUDER_SERVER, INTRUDER_VPN, OFFICE, september } from './zuiderlicht.ts';
import type { User } from './zuiderlicht.ts';

const OWNER = { who: 'owner' } as const;

export interface IntruderSessions {
  /** The owner's own session, replayed: half of it is the intruder's. */
  readonly stolen: string;
  readonly web: string;
  readonly desktop: string;
}

const webSeat = (user: User, address: string, sessionId: string): Seat => ({
  ...{ user, by: OWNER, client: 'owa', address, sessionId },
  ...{ fields: ['AADSessionId'], shape: '2025', device: false },
});

/** Money first: what the intruder searches the mailbox for. */
const INTERESTING = /wire|bank|invoice|payment|salary|passport|board|token|Northern/iu;

/**
 * Thursday: the CFO signs in through a phishing page. The token is used from a rented server while
 * he works on in the same session, also in the finance mailbox, where he is a delegate.
 */
const stolenSession = (stage: Stage): string => {
  const sessionId = stage.random.guid();
  const own = { ...webSeat('g.jacobs', OFFICE, sessionId), device: true };
  readOn(stage, own, september(17, '06:12:00'), 16);
  stage.other(own, september(17, '06:11:40'), 'UserLoggedIn', stage.mailOf('g.jacobs')[0]!);
  const away = webSeat('g.jacobs', INTRUDER_SERVER, sessionId);
  readOn(stage, away, september(17, '09:26:00'), 12);
  const delegate = { who: 'delegate', mailbox: stage.company.of('g.jacobs') } as const;
  readOn(stage, { ...away, user: 'finance', by: delegate }, september(17, '11:02:00'), 11);
  return sessionId;
};

/** Friday night, from another address: reads whatever is about money, and hides his traces. */
const nightReading = (stage: Stage): string => {
  const seat = webSeat('g.jacobs', INTRUDER_VPN, stage.random.guid());
  const all = ['inbox', 'sent', 'drafts', 'project', 'deleted'];
  let at = september(18, '20:38:00');
  stage.other(seat, at, 'UserLoggedIn', stage.mailOf('g.jacobs')[0]!);
  stage.other(seat, at + 300, 'New-InboxRule', stage.mailOf('g.jacobs')[0]!);
  const found = latest(stage.mailOf('g.jacobs'), at, 400, all).filter(({ subject }) =>
    INTERESTING.test(subject),
  );
  for (let from = 0; from < found.length; from += 5) {
    at += 120 + stage.random.below(200);
    stage.bind(seat, at, found.slice(from, from + 5));
    if (from % 20 === 0) stage.other(seat, at + 30, 'SoftDelete', found[from]!);
  }
  return seat.sessionId!;
};

/** Sunday night: a copy of Outlook takes the whole mailbox, folder by folder. */
const copyMailbox = (stage: Stage): string => {
  const sessionId = stage.random.guid();
  const seat: Seat = {
    ...{ user: 'g.jacobs', by: OWNER, client: 'outlook-desktop', address: INTRUDER_SERVER },
    ...{ sessionId, fields: ['SessionId'], shape: '2024', device: false },
  };
  for (const night of ['23:04:10', '23:58:31'])
    for (const [index, role] of (
      ['inbox', 'sent', 'drafts', 'deleted', 'archive', 'project'] as const
    ).entries())
      stage.sync(seat, september(20, night) + index * 21, role);
  readOn(stage, seat, september(20, '23:20:00'), 6);
  return sessionId;
};

/**
 * Tuesday night: an app with consent empties two mailboxes through Graph, until the service stops
 * logging one of them.
 */
const bulkReader = (stage: Stage): void => {
  const app = stage.company.mailVault;
  for (const [user, start] of [
    ['g.jacobs', '00:31:00'],
    ['m.visser', '01:47:00'],
  ] as const) {
    const seat: Seat = {
      ...{ user, by: { who: 'app', app }, client: 'graph-app', clientAppId: app.clientAppId },
      ...{ address: '20.190.160.14', sessionId: null, fields: [], shape: '2025', device: false },
    };
    let at = september(22, start);
    const mail = latest(stage.mailOf(user), at, 1000, [
      'inbox',
      'sent',
      'project',
      'deleted',
      'drafts',
    ]);
    for (let from = 0; from < mail.length; from += 2) {
      at += 8 + stage.random.below(9);
      stage.bind(seat, at, mail.slice(from, from + 2));
    }
    if (user === 'm.visser') stage.bind(seat, at + 60, mail.slice(0, 1), true);
  }
};

/** Wednesday: the finance mailbox over IMAP, a look at HR, and the mail that was meant to pay. */
const lastDays = (stage: Stage): void => {
  const imap: Seat = {
    ...{ user: 'finance', by: OWNER, client: 'imap', address: INTRUDER_SERVER, sessionId: null },
    ...{ fields: [], shape: '2024', device: false },
  };
  for (let look = 0; look < 14; look += 1) {
    const at = september(22, '19:10:00') + look * 240;
    stage.bind(imap, at, latest(stage.mailOf('finance'), at - look * 40000, 6));
  }
  const hr = webSeat('m.visser', INTRUDER_VPN, stage.random.guid());
  readOn(stage, hr, september(23, '19:05:00'), 9);
  const sales = webSeat('k.okafor', INTRUDER_VPN, stage.random.guid());
  readOn(stage, sales, september(23, '20:20:00'), 5);
  const fraud = stage.mailOf('g.jacobs').find(({ subject }) => subject.startsWith('New bank'))!;
  const sent: Mail = { ...fraud, messageId: `${stage.random.guid()}@zuiderlicht.example` };
  const seat = webSeat('finance', INTRUDER_SERVER, stage.random.guid());
  stage.other(seat, september(23, '08:15:22'), 'Send', sent);
  readOn(
    stage,
    { ...seat, by: { who: 'delegate', mailbox: stage.company.of('g.jacobs') } },
    september(23, '08:16:00'),
    4,
  );
};

/** A week of business e-mail compromise. */
export const playIntruder = (stage: Stage): IntruderSessions => {
  const stolen = stolenSession(stage);
  const web = nightReading(stage);
  const desktop = copyMailbox(stage);
  bulkReader(stage);
  lastDays(stage);
  return { stolen, web, desktop };
};
