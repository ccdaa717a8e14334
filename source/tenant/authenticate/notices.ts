import type { AuthorityWait } from './authority-wire.ts';

/** What a sign-in tells the person who signs in. The device code is for them alone: never log it. */
export type AuthenticationNotice =
  | {
      readonly notice: 'device-code';
      readonly userCode: string;
      readonly verificationUri: string;
      /** UTC, ISO. */
      readonly expiresAt: string;
    }
  /** The browser was asked to open this address; `opened` false: it has to be opened by hand. */
  | { readonly notice: 'browser'; readonly url: string; readonly opened: boolean }
  | { readonly notice: 'waiting'; readonly wait: AuthorityWait };
