import type { Scope } from '../../domain/exposure/scope.ts';
import type { Mailbox } from '../../domain/sessions/session.ts';

/** A word for a shell, whatever is in it. */
const shellWord = (text: string): string =>
  /^[\w.@%+:,-]+$/u.test(text) && !text.startsWith('-')
    ? text
    : `'${text.replaceAll("'", `'\\''`)}'`;

/** The flag that limits a command to a mailbox: by its guid, which no renaming changes. */
const mailboxFlag = ({ guid, owner }: Mailbox): string =>
  ` --mailbox ${shellWord(guid ?? owner ?? '')}`;

/** The command that gives a figure of a report again. */
export type AgainCommand = (command: string, mailbox?: Mailbox) => string;

/** Commands take `mailbox`, else the scope of the report. What follows a pipe stays behind. */
export const againCommand =
  (scope: Scope | null): AgainCommand =>
  (command, mailbox) => {
    const mailboxes = mailbox === undefined ? (scope?.mailboxes ?? []) : [mailbox];
    const [asked = '', ...rest] = command.split(' | ');
    return [`${asked}${mailboxes.map(mailboxFlag).join('')}`, ...rest].join(' | ');
  };
