import type { Access, SessionField, Shape, TouchedItem } from './access.ts';
import { clientOf, serviceAddress, withCallingApp } from './client.ts';
import type { Client, ClientKind } from './client.ts';
import { mailOf } from './mail.ts';
import type { Random } from './random.ts';
import { inventedAddress } from './world.ts';
import type { Company, Mailbox } from './world.ts';

/** One stay of one client in one mailbox: what its accesses have in common. */
export interface Visit {
  readonly mailbox: Mailbox;
  readonly by: Access['by'];
  readonly client: Client;
  readonly shape: Shape;
  readonly sessionId: string | null;
  readonly fields: readonly SessionField[];
  /** More than one: the same session is seen from several addresses. */
  readonly addresses: readonly string[];
  readonly deviceId: string | null;
  readonly syncShare: number;
  recordsLeft: number;
  /** Where in the mailbox it reads on. */
  mailNumber: number;
}

interface Profile {
  readonly client: ClientKind;
  readonly by: Access['by']['who'];
  readonly shape: Shape;
  /** null: records of this client carry no session id, which is normal (`domain.md` 6). */
  readonly fields: readonly SessionField[] | null;
  readonly weight: number;
}

const PROFILES: readonly Profile[] = [
  { client: 'owa', by: 'owner', shape: '2025', fields: ['AADSessionId'], weight: 20 },
  { client: 'owa', by: 'owner', shape: '2024', fields: ['SessionId'], weight: 8 },
  { client: 'owa-browser', by: 'owner', shape: '2021', fields: ['SessionId'], weight: 6 },
  { client: 'owa-browser', by: 'owner', shape: '2023', fields: null, weight: 3 },
  { client: 'owa', by: 'owner', shape: '2025', fields: ['SessionId', 'AADSessionId'], weight: 3 },
  { client: 'outlook-desktop', by: 'owner', shape: '2024', fields: ['SessionId'], weight: 12 },
  { client: 'outlook-desktop', by: 'owner', shape: '2021', fields: ['SessionId'], weight: 5 },
  { client: 'outlook-ews', by: 'owner', shape: '2021', fields: null, weight: 3 },
  { client: 'ios', by: 'owner', shape: '2024', fields: ['SessionId'], weight: 5 },
  { client: 'ios', by: 'owner', shape: '2025', fields: null, weight: 4 },
  { client: 'android', by: 'owner', shape: '2025', fields: ['AADSessionId'], weight: 4 },
  { client: 'rest', by: 'owner', shape: '2024', fields: null, weight: 7 },
  { client: 'imap', by: 'owner', shape: '2023', fields: null, weight: 2 },
  { client: 'pop', by: 'owner', shape: '2024', fields: null, weight: 1 },
  { client: 'activesync', by: 'owner', shape: '2023', fields: ['DeviceProperties'], weight: 2 },
  { client: 'graph-app', by: 'app', shape: '2025', fields: null, weight: 4 },
  { client: 'owa', by: 'delegate', shape: '2025', fields: ['AADSessionId'], weight: 3 },
  { client: 'outlook-desktop', by: 'delegate', shape: '2024', fields: ['SessionId'], weight: 2 },
  { client: 'owa', by: 'admin', shape: '2024', fields: ['SessionId'], weight: 1 },
  { client: 'owa', by: 'external', shape: '2025', fields: ['AADSessionId'], weight: 1 },
];
const TOTAL = PROFILES.reduce((sum, profile) => sum + profile.weight, 0);

const pickProfile = (random: Random): Profile => {
  let ticket = random.below(TOTAL);
  return PROFILES.find((profile) => (ticket -= profile.weight) < 0)!;
};

const actorOf = (
  who: Access['by']['who'],
  company: Company,
  mailbox: Mailbox,
  random: Random,
): Access['by'] => {
  const others = company.mailboxes;
  // Never the owner, who would be no delegate.
  const other = others[(mailbox.index + 1 + random.below(others.length - 1)) % others.length]!;
  switch (who) {
    case 'delegate':
    case 'admin':
      return { who, mailbox: other };
    case 'app':
      return { who, app: random.pick(company.apps) };
    case 'external':
      return {
        who,
        upn: `guest${random.between(1, 9)}@${random.pick(company.partners)}`,
        sid: `S-1-5-21-777-888-999-${random.between(1000, 9999)}`,
      };
    case 'owner':
      return { who };
  }
};

const addressesOf = (profile: Profile, mailbox: Mailbox, random: Random): readonly string[] => {
  if (profile.client === 'rest' || profile.client === 'graph-app') return [serviceAddress(random)];
  const own = random.pick([mailbox.office, mailbox.home]);
  if (profile.fields && random.chance(0.15)) return [own, inventedAddress(random)];
  return [random.chance(0.85) ? own : inventedAddress(random)];
};

/** `records`: how many the visit will leave. `mailCount`: messages in each mailbox. */
export const startVisit = (
  company: Company,
  random: Random,
  records: number,
  mailCount: number,
): Visit => {
  const profile = pickProfile(random);
  const mailbox = random.pick(company.mailboxes);
  const by = actorOf(profile.by, company, mailbox, random);
  const app = by.who === 'app' ? by.app.clientAppId : null;
  const client = clientOf(profile.client, random, app);
  return {
    mailbox,
    by,
    client: profile.shape === '2025' ? withCallingApp(client) : client,
    shape: profile.shape,
    sessionId: profile.fields ? random.guid() : null,
    fields: profile.fields ?? [],
    addresses: addressesOf(profile, mailbox, random),
    deviceId: profile.shape === '2025' && by.who === 'owner' ? mailbox.deviceId : null,
    syncShare: profile.client === 'outlook-desktop' ? 0.6 : 0,
    recordsLeft: Math.max(1, records),
    mailNumber: random.below(mailCount),
  };
};

/** The spellings of one address that records really use (`formats.md` 1.2). */
const spellAddress = (address: string, random: Random): string => {
  const port = random.between(1024, 65535);
  const v6 = address.includes(':');
  switch (random.below(20)) {
    case 0:
      return v6 ? `[${address}]:${port}` : `${address}:${port}`;
    case 1:
      return v6 ? `[${address}]` : `[${address}]:${port}`;
    case 2:
      return v6 ? address.toUpperCase() : `::ffff:${address}`;
    default:
      return address;
  }
};

export interface Moment {
  readonly at: number;
  /** Mail read is older than this. */
  readonly before: number;
  readonly mailCount: number;
  /** Share of the records that say IsThrottled True. */
  readonly throttledShare: number;
}

const touch = (visit: Visit, company: Company, moment: Moment, random: Random): TouchedItem[] => {
  const count = random.chance(0.65) ? 1 : random.chance(0.04) ? 24 : random.between(2, 4);
  const items: TouchedItem[] = [];
  for (let i = 0; i < count; i += 1) {
    // Mostly on to the next message, now and then the same once more.
    if (!random.chance(0.1)) visit.mailNumber = (visit.mailNumber + 1) % moment.mailCount;
    const mail = mailOf(company, visit.mailbox, visit.mailNumber, moment.before);
    items.push({ mail, folder: mail.folder });
  }
  return items;
};

/** The next record of a visit. */
export const accessOf = (
  visit: Visit,
  company: Company,
  moment: Moment,
  random: Random,
): Access => {
  visit.recordsLeft -= 1;
  const sync = random.chance(visit.syncShare);
  const items = sync ? [] : touch(visit, company, moment, random);
  const address = random.pick(visit.addresses);
  return {
    kind: 'access',
    id: random.guid(),
    at: moment.at,
    company,
    mailbox: visit.mailbox,
    shape: visit.shape,
    sessionId: visit.sessionId,
    sessionFields: visit.fields,
    by: visit.by,
    client: visit.client,
    address,
    addressSpelled: spellAddress(address, random),
    deviceId: visit.deviceId,
    // Today's records leave it out (`domain.md` 11: absent is not False).
    throttled: visit.shape === '2025' ? null : random.chance(moment.throttledShare),
    what: sync
      ? { type: 'sync', folder: random.pick(visit.mailbox.folders) }
      : {
          type: 'bind',
          items,
          declared: items.length + (random.chance(0.005) ? random.between(1, 9) : 0),
        },
  };
};
