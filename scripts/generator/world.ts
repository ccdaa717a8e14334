import { foldersOf, LANGUAGES } from './folders.ts';
import type { Folder, Language } from './folders.ts';
import { hashOf, seededRandom } from './random.ts';
import type { Random } from './random.ts';

/** A mailbox and who owns it. `upn` is spelled as the directory spells it. */
export interface Mailbox {
  readonly index: number;
  readonly upn: string;
  readonly name: string;
  readonly guid: string;
  readonly sid: string;
  readonly userKey: string;
  readonly objectId: string;
  readonly language: Language;
  readonly folders: readonly Folder[];
  /** The address the owner works from, and one at home. */
  readonly office: string;
  readonly home: string;
  readonly deviceId: string;
  /** A resource account: the owner's own sign-in is another SID (`domain.md` 8, not a delegate). */
  readonly masterSid: string | null;
  /** The UPN was changed: UserId still shows the old one, which proves nothing. */
  readonly formerUpn: string | null;
}

/** An application with rights to read mail by itself. */
export interface App {
  readonly clientAppId: string;
  readonly name: string;
}

export interface Company {
  readonly seed: number;
  readonly name: string;
  readonly domain: string;
  readonly tenantId: string;
  readonly organizationName: string;
  readonly mailboxes: readonly Mailbox[];
  readonly apps: readonly App[];
  readonly partners: readonly string[];
}

const GIVEN = ['Anna', 'Bram', 'Carla', 'Daan', 'Eva', 'Femke', 'Gerard', 'Hanna', 'Ilse', 'Jonas'];
const FAMILY = ['Jacobs', 'Visser', 'de Wit', 'Ångström', 'Lefèvre', 'Müller', 'Okafor', 'Peña'];
const APPS = ['Signature Service', 'CRM Connector', 'Backup for Mail', 'Invoice Reader'];
const PARTNERS = ['fabrikam.example', 'northwind.example', 'adatum.example'];

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z ]/gu, '')
    .replaceAll(' ', '')
    .toLowerCase();

/** A private use of documentation and benchmark ranges: no address belongs to anybody. */
export const inventedAddress = (random: Random): string =>
  random.chance(0.2)
    ? `2001:db8:${random.hex(3)}::${random.between(1, 9)}${random.hex(2)}`.replaceAll(/:0+/gu, ':')
    : `198.${random.between(18, 19)}.${random.between(0, 255)}.${random.between(1, 254)}`;

const makeMailbox = (seed: number, index: number, domain: string): Mailbox => {
  const random = seededRandom(hashOf(seed, 7, index));
  const given = GIVEN[index % GIVEN.length]!;
  const family = FAMILY[Math.floor(index / GIVEN.length) % FAMILY.length]!;
  const number = index < GIVEN.length * FAMILY.length ? '' : String(index);
  const upn = `${given}.${plain(family)}${number}@${domain}`;
  const language = LANGUAGES[index % LANGUAGES.length]!;
  const sid = (): string =>
    `S-1-5-21-${random.between(1e9, 4e9)}-${random.between(1e9, 4e9)}-${random.between(1e9, 4e9)}-${random.between(1e6, 9e7)}`;
  return {
    index,
    upn,
    name: `${given} ${family}`,
    guid: random.guid(),
    sid: sid(),
    userKey: `1003${random.hex(12).toUpperCase()}`,
    objectId: random.guid(),
    language,
    folders: foldersOf(language, random),
    office: inventedAddress(random),
    home: inventedAddress(random),
    deviceId: random.guid(),
    masterSid: index % 6 === 5 ? sid() : null,
    formerUpn: index % 6 === 4 ? `${plain(family)}${index}@${domain}` : null,
  };
};

/** An invented company with `mailboxes` mailboxes. */
export const makeCompany = (seed: number, mailboxes: number): Company => {
  const random = seededRandom(hashOf(seed, 5));
  const domain = 'contoso.example';
  return {
    seed,
    name: 'Contoso',
    domain,
    tenantId: random.guid(),
    organizationName: 'contoso.onmicrosoft.example',
    mailboxes: Array.from({ length: mailboxes }, (_, index) => makeMailbox(seed, index, domain)),
    apps: APPS.map((name) => ({ clientAppId: random.guid(), name })),
    partners: PARTNERS,
  };
};
