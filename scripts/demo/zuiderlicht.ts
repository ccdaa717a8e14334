import { foldersOf } from '../generator/folders.ts';
import type { Language } from '../generator/folders.ts';
import { hashOf, seededRandom } from '../generator/random.ts';
import type { App, Company, Mailbox } from '../generator/world.ts';

const DOMAIN = 'zuiderlicht.example';
export const SEED = 20260924;

/** Documentation ranges only: no address in the demo belongs to anybody. */
export const OFFICE = '192.0.2.14';
export const INTRUDER_SERVER = '203.0.113.77';
export const INTRUDER_VPN = '198.51.100.201';

interface Person {
  readonly name: string;
  readonly user: string;
  readonly language: Language;
  readonly home: string;
}

const PEOPLE = [
  { name: 'Gerard Jacobs', user: 'g.jacobs', language: 'en', home: '198.51.100.23' },
  { name: 'Marit Visser', user: 'm.visser', language: 'nl', home: '2001:db8:a441:9c::1' },
  { name: 'Finance', user: 'finance', language: 'en', home: '192.0.2.14' },
  { name: 'Kofi Okafor', user: 'k.okafor', language: 'en', home: '198.51.100.87' },
  { name: 'Amélie Lefèvre', user: 'a.lefevre', language: 'fr', home: '2001:db8:77:1f0::a' },
  { name: 'Lucía Peña', user: 'l.pena', language: 'es', home: '198.51.100.142' },
  { name: 'Tom Berg', user: 't.berg', language: 'de', home: '203.0.113.12' },
] as const satisfies readonly Person[];
export type User = (typeof PEOPLE)[number]['user'];

const mailboxOf = (person: Person, index: number): Mailbox => {
  const random = seededRandom(hashOf(SEED, 1, index));
  return {
    index,
    upn: `${person.user}@${DOMAIN}`,
    name: person.name,
    guid: random.guid(),
    sid: `S-1-5-21-1957994488-3112456213-2290715543-${4200100 + index * 17}`,
    userKey: `1003${random.hex(12).toUpperCase()}`,
    objectId: random.guid(),
    language: person.language,
    folders: foldersOf(person.language, random),
    office: OFFICE,
    home: person.home,
    deviceId: random.guid(),
    masterSid: null,
    formerUpn: null,
  };
};

export interface Zuiderlicht extends Company {
  readonly of: (user: User) => Mailbox;
  readonly archive: App;
  /** What the intruder got consent for. */
  readonly mailVault: App;
}

/** Zuiderlicht Shipping B.V., a made-up forwarder of forty people, seven mailboxes of which matter. */
export const zuiderlicht = (): Zuiderlicht => {
  const random = seededRandom(hashOf(SEED, 2));
  const mailboxes = PEOPLE.map(mailboxOf);
  const archive = { clientAppId: random.guid(), name: 'Cargo CRM' };
  const mailVault = { clientAppId: random.guid(), name: 'MailVault Backup' };
  return {
    seed: SEED,
    name: 'Zuiderlicht Shipping',
    domain: DOMAIN,
    tenantId: random.guid(),
    organizationName: 'zuiderlicht.onmicrosoft.example',
    mailboxes,
    apps: [archive, mailVault],
    partners: ['fabrikam.example', 'northwind.example', 'adatum.example'],
    of: (user) => mailboxes[PEOPLE.findIndex((person) => person.user === user)]!,
    archive,
    mailVault,
  };
};

/** Seconds since 1970 of a day of September 2026 and a time, UTC. */
export const september = (day: number, time: string): number =>
  Date.parse(`2026-09-${String(day).padStart(2, '0')}T${time}Z`) / 1000;

export const FIRST_DAY = 10;
export const LAST_DAY = 24;

/** The 10th was a Thursday. */
export const isWorkday = (day: number): boolean => ![12, 13, 19, 20].includes(day);
