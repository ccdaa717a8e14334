import { mailDomain, NULL_SENDER } from '../addresses/mail-address.ts';
import type { Message } from '../exposure/message.ts';

/** One message of the exposed set: its metadata, and when it was accessed. */
export type ExposedMail = Pick<
  Message,
  'trace' | 'class' | 'firstAccess' | 'lastAccess' | 'intruder'
>;

/** Somebody who wrote or was written to: a correspondent, not a person the mail is *about*. */
export interface Correspondent {
  readonly address: string;
  readonly domain: string | null;
  /** Of the organisation whose mailboxes the case holds. */
  readonly inside: boolean;
  /** confirmed where any of the messages is, else presumed: the two are never added up as one. */
  readonly class: 'confirmed' | 'presumed';
  /** Exposed messages in which the address is sender, recipient, either. */
  readonly sent: number;
  readonly received: number;
  readonly messages: number;
  /** Of these messages. */
  readonly confirmed: number;
  readonly presumed: number;
  /** First and last access by anyone. */
  readonly firstExposure: string;
  readonly lastExposure: string;
  /** By malicious contexts; null where only presumed messages name the address. */
  readonly intruderFirst: string | null;
  readonly intruderLast: string | null;
}

export interface CorrespondentDomain {
  readonly domain: string;
  readonly inside: boolean;
  readonly correspondents: number;
}

export interface Correspondents {
  /** Confirmed ones first; by first exposure (the intruder's, where it is known), then address, by code unit. */
  readonly people: readonly Correspondent[];
  /** By name. */
  readonly domains: readonly CorrespondentDomain[];
  /** Distinct addresses: `mia.summary/2` correspondents. */
  readonly senders: number;
  readonly recipients: number;
  readonly outside: number;
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The organisation's domains: those of the mailbox owners, and of each that is a tenant's own
 * (x.onmicrosoft.com) its routing twin x.mail.onmicrosoft.com. Nothing is guessed from a name alone:
 * a lookalike tenant is free to anybody. `more`: domains that the records themselves state, such as
 * OrganizationName.
 */
export const organisationDomains = (
  owners: Iterable<string | null>,
  more: Iterable<string> = [],
): ReadonlySet<string> => {
  const domains = new Set<string>();
  for (const owner of owners) {
    const domain = owner === null ? null : mailDomain(owner);
    if (domain !== null) domains.add(domain);
  }
  for (const domain of more) domains.add(domain.trim().toLowerCase());
  for (const domain of domains) {
    const tenant = /^([^.]+)\.onmicrosoft\.com$/.exec(domain)?.[1];
    if (tenant !== undefined) domains.add(`${tenant}.mail.onmicrosoft.com`);
  }
  domains.delete('');
  return domains;
};

type Counted = { -readonly [Field in keyof Correspondent]: Correspondent[Field] };

const earlier = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : b < a ? b : a;
const later = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : b > a ? b : a;

const count = (
  counters: Counted,
  mail: ExposedMail,
  asSender: boolean,
  asRecipient: boolean,
): void => {
  counters.messages += 1;
  if (mail.class === 'confirmed') {
    counters.confirmed += 1;
    counters.class = 'confirmed';
  } else counters.presumed += 1;
  counters.intruderFirst = earlier(counters.intruderFirst, mail.intruder?.first ?? null);
  counters.intruderLast = later(counters.intruderLast, mail.intruder?.last ?? null);
  if (asSender) counters.sent += 1;
  if (asRecipient) counters.received += 1;
  if (mail.firstAccess < counters.firstExposure) counters.firstExposure = mail.firstAccess;
  if (mail.lastAccess > counters.lastExposure) counters.lastExposure = mail.lastAccess;
};

const domainsOf = (people: readonly Correspondent[]): readonly CorrespondentDomain[] => {
  const counts = new Map<string, { domain: string; inside: boolean; correspondents: number }>();
  for (const { domain, inside } of people) {
    if (domain === null) continue;
    const known = counts.get(domain);
    if (known === undefined) counts.set(domain, { domain, inside, correspondents: 1 });
    else known.correspondents += 1;
  }
  return [...counts.values()].sort((a, b) => byCodeUnit(a.domain, b.domain));
};

/**
 * Who the exposed mail was from and to (`domain.md`, From ids to people). Each element is one message;
 * those without metadata name nobody. Holds one entry per address, never the messages.
 */
export const correspondentsOf = (
  exposed: Iterable<ExposedMail>,
  inside: ReadonlySet<string>,
): Correspondents => {
  const counted = new Map<string, Counted>();
  for (const mail of exposed) {
    if (mail.trace === null) continue;
    const sender = mail.trace.sender === NULL_SENDER ? null : mail.trace.sender;
    const recipients = new Set(mail.trace.recipients);
    for (const address of sender === null ? recipients : new Set([sender, ...recipients])) {
      const domain = mailDomain(address);
      const counters: Counted = counted.get(address) ?? {
        address,
        domain,
        inside: domain !== null && inside.has(domain),
        class: 'presumed',
        sent: 0,
        received: 0,
        messages: 0,
        confirmed: 0,
        presumed: 0,
        intruderFirst: null,
        intruderLast: null,
        firstExposure: mail.firstAccess,
        lastExposure: mail.lastAccess,
      };
      counted.set(address, counters);
      count(counters, mail, address === sender, recipients.has(address));
    }
  }
  const people = [...counted.values()].sort(
    (a, b) =>
      byCodeUnit(a.class, b.class) ||
      byCodeUnit(a.intruderFirst ?? a.firstExposure, b.intruderFirst ?? b.firstExposure) ||
      byCodeUnit(a.address, b.address),
  );
  return {
    people,
    domains: domainsOf(people),
    senders: people.filter((person) => person.sent > 0).length,
    recipients: people.filter((person) => person.received > 0).length,
    outside: people.filter((person) => !person.inside).length,
  };
};
