import { forTerminal } from '../../domain/terminal-text.ts';
import { keyOf } from '../keys/bindings.ts';
import type { ConsoleState } from '../state.ts';
import { noticeNow, type AuthenticationNotice } from '../tenant.ts';
import type { Line, Span } from '../view.ts';
import { span } from './spans.ts';
import { wrapPhrases } from './wrap.ts';

type Waiting = Extract<AuthenticationNotice, { notice: 'waiting' }>['wait'];

const waitingNotice = ({ after, until }: Waiting): string =>
  `The sign-in service: ${forTerminal(after)}; it is tried again at ${until.slice(11, 19)} UTC.`;

const phrases = (notice: AuthenticationNotice): readonly Span[] => {
  const giveUp = span(`${keyOf('back')} gives up`, 'dim');
  switch (notice.notice) {
    case 'device-code':
      return [
        span('To sign in, open in any browser'),
        span(forTerminal(notice.verificationUri), 'accent'),
        span('and enter the code'),
        span(forTerminal(notice.userCode), 'key'),
        span(`(${keyOf('copy')} copies it).`),
        span(`Until ${notice.expiresAt.slice(11, 16)} UTC; ${keyOf('back')} gives up`, 'dim'),
      ];
    case 'browser':
      return notice.opened
        ? [span('Sign in in the browser that has opened.', 'strong'), giveUp]
        : [
            span('No browser could be opened here.', 'strong'),
            span(`${keyOf('copy')} copies the address to open on this machine,`),
            span('once more shows it alone.'),
            giveUp,
          ];
    case 'waiting':
      return [span(waitingNotice(notice.wait), 'dim')];
  }
};

/** What the analyst has to do to sign in: it stays in sight until that is done. */
export const noticeLines = (state: ConsoleState, width: number): readonly Line[] => {
  const notice = noticeNow(state);
  if (notice === null) return [];
  return wrapPhrases(phrases(notice), ' ', width - 2).map((line) => [span(' '), ...line]);
};
