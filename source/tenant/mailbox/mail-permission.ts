import { Problem } from '../../domain/problem.ts';
import { ABILITIES, OWN_MAILBOX, WHOLE_MAIL } from '../abilities.ts';
import type { TenantClient } from '../client.ts';

/** `metadata`: who, when, what about; `messages`: all of them, with their attachments. */
export type MailNeed = 'metadata' | 'messages';

const OWN_MESSAGES = OWN_MAILBOX.filter((name) => name !== 'Mail.ReadBasic');

const enough = (need: MailNeed, kind: TenantClient['account']['kind']): readonly string[] =>
  need === 'messages'
    ? WHOLE_MAIL[kind]
    : (ABILITIES.find(({ name }) => name === 'mailbox')?.permissions[kind] ?? []);

/**
 * Refuses before anything is asked where the token says that it cannot work. Whether a mailbox opens
 * is found out by asking. `mailbox`: by its owner's name.
 * @throws Problem, which names the permission that is missing.
 */
export const requireMail = (client: TenantClient, need: MailNeed, mailbox: string): void => {
  const { permissions, account } = client;
  if (permissions === null) return;
  const names = enough(need, account.kind);
  const holds = (one: string): boolean => permissions.includes(one);
  if (names.some(holds)) return;
  const own = need === 'messages' ? OWN_MESSAGES : OWN_MAILBOX;
  const isOwn = account.kind === 'user' && mailbox.toLowerCase() === account.name.toLowerCase();
  if (isOwn && own.some(holds)) return;
  const which = account.kind === 'user' ? 'delegated' : 'application';
  const what = need === 'messages' ? 'messages' : 'the metadata of messages';
  const ownOnly = account.kind === 'user' && own.some(holds);
  throw new Problem(
    ownOnly
      ? `The sign-in may read ${what} in the account's own mailbox only.`
      : `The sign-in does not hold the permission to read ${what} in mailboxes.`,
    `An administrator adds the ${which} permission ${names[0] ?? ''} to the application and grants consent; then sign in again.`,
  );
};
