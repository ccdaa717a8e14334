import { createInterface } from 'node:readline';
import type { Tenant } from '../../test/simulator/start-tenant.ts';

export interface Approval {
  readonly words: string;
  /** Looks whether somebody waits; called some times a second. */
  readonly look: () => void;
  readonly stop: () => void;
}

/** Device codes are approved by themselves, after so many seconds. */
export const approvesItself = (
  tenant: Tenant,
  seconds: number,
  say: (line: string) => void,
): Approval => {
  const seen = new Map<string, number>();
  const { deviceCodes } = tenant.authority;
  return {
    words: `A sign-in is approved by itself after ${seconds} s.`,
    stop: () => {},
    look: () => {
      for (const code of deviceCodes.pending()) {
        const since = seen.get(code) ?? Date.now();
        seen.set(code, since);
        if (Date.now() - since < seconds * 1000) continue;
        deviceCodes.approve(tenant.analyst, code);
        say(`Approved ${code} as ${tenant.analyst.upn}.`);
      }
    },
  };
};

/** A person approves them here, with Enter, or declines them, with n and Enter. */
export const approvedByPerson = (tenant: Tenant, say: (line: string) => void): Approval => {
  const told = new Set<string>();
  const { deviceCodes } = tenant.authority;
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const code = deviceCodes.pending().at(-1);
    if (code === undefined) return;
    if (line.trim().toLowerCase().startsWith('n')) {
      deviceCodes.decline(code);
      say(`Declined ${code}.`);
    } else {
      deviceCodes.approve(tenant.analyst, code);
      say(`Approved ${code} as ${tenant.analyst.upn}.`);
    }
  });
  return {
    words: 'A sign-in waits until Enter is pressed here; its address opens no page.',
    stop: () => lines.close(),
    look: () => {
      for (const code of deviceCodes.pending()) {
        if (told.has(code)) continue;
        told.add(code);
        say(`\nSomebody wants to sign in with ${code}. Enter approves, n and Enter declines.`);
      }
    },
  };
};
