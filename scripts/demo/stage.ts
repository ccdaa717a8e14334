import type { Access, OtherEvent, SessionField, Shape } from '../generator/access.ts';
import { clientOf, withCallingApp } from '../generator/client.ts';
import type { ClientKind } from '../generator/client.ts';
import { folderOf } from '../generator/folders.ts';
import type { FolderRole } from '../generator/folders.ts';
import type { Mail } from '../generator/mail.ts';
import { otherEvent } from '../generator/other-events.ts';
import type { OtherOperation } from '../generator/other-events.ts';
import { hashOf, seededRandom } from '../generator/random.ts';
import type { Random } from '../generator/random.ts';
import { mailOfUser } from './mailflow.ts';
import { SEED, zuiderlicht } from './zuiderlicht.ts';
import type { User, Zuiderlicht } from './zuiderlicht.ts';

/** Somebody at a client: what all that they do there has in common. */
export interface Seat {
  readonly user: User;
  readonly by: Access['by'];
  readonly client: ClientKind;
  readonly clientAppId?: string;
  readonly address: string;
  readonly sessionId: string | null;
  readonly fields: readonly SessionField[];
  readonly shape: Shape;
  readonly device: boolean;
}

/** Where the story is played: who is there, what mail they have, and what has happened so far. */
export interface Stage {
  readonly company: Zuiderlicht;
  readonly mailOf: (user: User) => readonly Mail[];
  readonly random: Random;
  readonly events: (Access | OtherEvent)[];
  readonly bind: (seat: Seat, at: number, mail: readonly Mail[], throttled?: boolean) => void;
  readonly sync: (seat: Seat, at: number, folder: FolderRole) => void;
  readonly other: (seat: Seat, at: number, operation: OtherOperation, mail: Mail) => void;
}

const accessBy = (
  company: Zuiderlicht,
  seat: Seat,
  at: number,
  random: Random,
): Omit<Access, 'what'> => {
  const mailbox = company.of(seat.user);
  const client = clientOf(seat.client, seededRandom(SEED), seat.clientAppId ?? null);
  return {
    kind: 'access',
    id: random.guid(),
    at,
    company,
    mailbox,
    shape: seat.shape,
    sessionId: seat.sessionId,
    sessionFields: seat.fields,
    by: seat.by,
    client: seat.shape === '2025' ? withCallingApp(client) : client,
    address: seat.address,
    addressSpelled:
      random.chance(0.05) && seat.client === 'owa' ? spelled(seat.address) : seat.address,
    deviceId: seat.device ? mailbox.deviceId : null,
    throttled: seat.shape === '2025' ? null : false,
  };
};

const spelled = (address: string): string =>
  address.includes(':') ? `[${address}]:49822` : `${address}:49822`;

export const emptyStage = (): Stage => {
  const company = zuiderlicht();
  const random = seededRandom(hashOf(SEED, 4));
  const events: (Access | OtherEvent)[] = [];
  const mailboxes = new Map(company.mailboxes.map(({ upn }) => [upn, [] as readonly Mail[]]));
  const mailOf = (user: User): readonly Mail[] => {
    const { upn } = company.of(user);
    if (mailboxes.get(upn)!.length === 0) mailboxes.set(upn, mailOfUser(user, company.of(user)));
    return mailboxes.get(upn)!;
  };
  return {
    company,
    mailOf,
    random,
    events,
    bind: (seat, at, mail, throttled) => {
      if (mail.length === 0) return;
      const items = mail.map((one) => ({ mail: one, folder: one.folder }));
      const access = accessBy(company, seat, at, random);
      events.push({
        ...access,
        ...(throttled ? { throttled } : {}),
        what: { type: 'bind', items, declared: items.length },
      });
    },
    sync: (seat, at, role) => {
      const folder = folderOf(company.of(seat.user).folders, role);
      events.push({ ...accessBy(company, seat, at, random), what: { type: 'sync', folder } });
    },
    other: (seat, at, operation, mail) => {
      const { address, sessionId } = seat;
      const act = { company, mailbox: company.of(seat.user), at, address, sessionId, mail };
      events.push(otherEvent(operation, act, random));
    },
  };
};
