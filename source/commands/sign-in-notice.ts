import { forTerminal } from '../domain/terminal-text.ts';
import type { SignInEvent } from '../acquire/authenticate/authenticate.ts';
import type { Environment } from './command.ts';
import { note } from './report.ts';

type Notice = Extract<SignInEvent, { event: 'notice' }>['notice'];

/** What the person has to do, or waits for, while signing in. */
export const sayNotice = (environment: Environment, notice: Notice): void => {
  switch (notice.notice) {
    case 'device-code':
      note(environment, `To sign in, open  ${forTerminal(notice.verificationUri)}`);
      note(environment, `and enter the code  ${forTerminal(notice.userCode)}`);
      note(environment, `Waiting for you until ${notice.expiresAt}; Ctrl-C gives up.`);
      break;
    case 'browser':
      note(
        environment,
        notice.opened
          ? 'Sign in in the browser that has opened; Ctrl-C gives up.'
          : `No browser could be opened. Open this address on this machine:\n${forTerminal(notice.url)}`,
      );
      break;
    case 'waiting':
      note(
        environment,
        `The sign-in service: ${notice.wait.after}; waiting until ${notice.wait.until}.`,
      );
  }
};
