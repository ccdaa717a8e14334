import { counted } from '../count-words.ts';
import type { Verdict } from '../sessions/session.ts';

/** Contexts of other sessions from an address of a session, by verdict. */
export interface SameAddress {
  readonly address: string;
  readonly contexts: Readonly<Record<Verdict | 'open', number>>;
}

/** "Same address: 203.0.113.9: 3 more contexts open, 2 malicious". Text from a record. */
export const sameAddressLine = ({ address, contexts }: SameAddress): string => {
  const { open, malicious, benign } = contexts;
  const parts = [
    open > 0 ? `${counted(open, 'more context')} open` : '',
    malicious > 0 ? `${malicious} malicious` : '',
    benign > 0 ? `${benign} benign` : '',
  ].filter((part) => part !== '');
  return `Same address: ${address}: ${parts.join(', ')}.`;
};
