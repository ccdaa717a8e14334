import { forTerminal } from '../../domain/terminal-text.ts';
import type { Context, Mailbox } from '../../domain/sessions/session.ts';
import type { SessionLine } from '../../case/lists/session-pages.ts';
import { cellWidth, cut } from '../cells.ts';
import { count } from './figures.ts';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** A user in at most `width` cells where that is possible without cutting: "finance@", "app 9ac41f…". */
export const shortUser = (user: string | null, width: number): string => {
  if (user === null) return 'not stated';
  const text = forTerminal(user);
  if (GUID.test(text))
    return cellWidth(text) + 4 <= width ? `app ${text}` : `app ${text.slice(0, 6)}`;
  if (cellWidth(text) <= width) return text;
  const at = text.indexOf('@');
  return at < 1 ? text : text.slice(0, cellWidth(text.slice(0, at)) < width ? at + 1 : at);
};

/** A letter and an ellipsis. */
const LEAST_NAME = 2;

const one = (values: readonly string[], word: string): string =>
  values.length === 1 ? forTerminal(values[0] ?? '') : `${count(values.length)} ${word}`;

export const mailboxName = (mailbox: Mailbox): string =>
  forTerminal(mailbox.owner ?? mailbox.guid ?? 'mailbox not stated');

type Acting = Pick<SessionLine, 'actors' | 'mailboxes'>;

/** Mailboxes that are not the actor's own, as the record names them. */
const othersMailboxes = (session: Acting): readonly Mailbox[] =>
  session.mailboxes.filter((box) => box.owner !== null && !session.actors.includes(box.owner));

/** The actor, and behind `>` the mailbox where it is another's. */
export const sessionUser = (session: Acting, width: number, arrow: string): string => {
  const others = othersMailboxes(session);
  const [other] = others;
  const who =
    session.actors.length > 1
      ? one(session.actors, 'users')
      : shortUser(session.actors[0] ?? null, width);
  if (other === undefined) return who;
  const whose = others.length > 1 ? `${count(others.length)} mailboxes` : mailboxName(other);
  const room = width - cellWidth(who) - cellWidth(arrow);
  if (room >= 6) return `${who}${arrow}${shortUser(whose, room)}`;
  // Whose mailbox it was says more than who came: the name gives way.
  const short = shortUser(whose, width - cellWidth(arrow) - LEAST_NAME);
  const left = width - cellWidth(arrow) - cellWidth(short);
  return left < LEAST_NAME ? who : `${cut(who, left)}${arrow}${short}`;
};

export const sessionClient = (session: Pick<SessionLine, 'clients'>): string =>
  session.clients.length === 0 ? 'not stated' : one(session.clients, 'clients');

export const sessionAddress = (session: Pick<SessionLine, 'addresses'>): string =>
  session.addresses.length === 0 ? 'not stated' : one(session.addresses, 'addresses');

/** Whom and what a decision or a pane is about: a name for some room, and where from. */
export interface Named {
  readonly name: (width: number) => string;
  readonly address: string;
}

export const namedSession = (session: SessionLine): Named => ({
  name: (width) => sessionUser(session, width, ' > '),
  address: sessionAddress(session),
});

export const namedContext = (context: Context): Named => ({
  name: (width) => shortUser(context.actor, width),
  address: forTerminal(context.address ?? 'an address not stated'),
});

/** Cells for a name in a sentence. */
const NAME_IN_SENTENCE = 20;

/** "g.jacobs@ from 95.96.75.118". */
export const subjectOf = ({ name, address }: Named): string =>
  `${name(NAME_IN_SENTENCE)} from ${address}`;
