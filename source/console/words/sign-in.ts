import { forTerminal } from '../../domain/terminal-text.ts';
import type { AuthenticationNotice } from '../tenant.ts';

type Waiting = Extract<AuthenticationNotice, { notice: 'waiting' }>['wait'];

export const waitingNotice = ({ after, until }: Waiting): string =>
  `The sign-in service: ${forTerminal(after)}; it is tried again at ${until.slice(11, 19)} UTC.`;

/** What signing in gives to copy: the code to type, or the address to open. */
export const copiedOfNotice = (
  notice: AuthenticationNotice | null,
): { readonly what: string; readonly text: string } | null => {
  switch (notice?.notice) {
    case 'device-code':
      return { what: 'sign-in code', text: forTerminal(notice.userCode) };
    case 'browser':
      return notice.opened ? null : { what: 'sign-in address', text: forTerminal(notice.url) };
    default:
      return null;
  }
};
