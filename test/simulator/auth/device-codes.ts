import type { Random } from '../../../scripts/generator/random.ts';
import type { Person } from '../stage.ts';
import { AuthenticationRefused } from './sign-in-error.ts';

interface DeviceCode {
  readonly userCode: string;
  readonly clientId: string;
  readonly scope: string;
  readonly expiresAt: number;
  polls: number;
  answer: 'none' | 'declined' | 'used' | Person;
}

/** What a person does in the browser, done by a test. Without a code: the newest. */
export interface DeviceCodeApproval {
  readonly pending: () => readonly string[];
  readonly approve: (person: Person, userCode?: string) => void;
  readonly decline: (userCode?: string) => void;
}

export interface DeviceCodes extends DeviceCodeApproval {
  readonly start: (clientId: string, scope: string, expiresAt: number) => Started;
  /** Who approved it, and for which scopes; SignInRefused while or when nobody did. */
  readonly poll: (
    deviceCode: string,
    clientId: string,
    now: number,
    approved: (polls: number) => Person | null,
  ) => { readonly person: Person; readonly scope: string };
}

interface Started {
  readonly deviceCode: string;
  readonly userCode: string;
}

const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ23456789';

export const deviceCodes = (random: Random): DeviceCodes => {
  const codes = new Map<string, DeviceCode>();
  const open = (userCode?: string): DeviceCode => {
    const found = [...codes.values()]
      .filter(({ answer }) => answer === 'none')
      .findLast((code) => userCode === undefined || code.userCode === userCode);
    if (!found) throw new Error(`No device code ${userCode ?? ''} waits for an answer.`);
    return found;
  };
  return {
    pending: () =>
      [...codes.values()].filter(({ answer }) => answer === 'none').map((code) => code.userCode),
    approve: (person, userCode) => {
      open(userCode).answer = person;
    },
    decline: (userCode) => {
      open(userCode).answer = 'declined';
    },
    start: (clientId, scope, expiresAt) => {
      const [deviceCode, userCode] = [random.hex(64), random.text(LETTERS, 9)];
      codes.set(deviceCode, { userCode, clientId, scope, expiresAt, polls: 0, answer: 'none' });
      return { deviceCode, userCode };
    },
    poll: (deviceCode, clientId, now, approved) => {
      const code = codes.get(deviceCode);
      if (!code || code.clientId !== clientId || code.answer === 'used')
        throw new AuthenticationRefused(70000);
      if (now >= code.expiresAt) throw new AuthenticationRefused(70020);
      if (code.answer === 'none') code.answer = approved(code.polls) ?? 'none';
      code.polls += 1;
      if (code.answer === 'none') throw new AuthenticationRefused(70016);
      if (code.answer === 'declined') throw new AuthenticationRefused(70018);
      const person = code.answer;
      code.answer = 'used';
      return { person, scope: code.scope };
    },
  };
};
