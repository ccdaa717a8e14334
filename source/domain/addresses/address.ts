import { ipGroups, ipText, ipv4Number, isIpv4, maskGroups } from './ip-number.ts';
import { stated } from '../records/stated.ts';

export interface ClientAddress {
  /** IP in its one spelling, or a host name in lower case; without port, brackets and zone. */
  readonly address: string | null;
  /** As the record has it; null where it states none. */
  readonly raw: string | null;
}

const PORT = /:\d{1,5}$/;

/** Takes away brackets, what follows them, a zone, and a port where it can't be part of an IPv6. */
const bareAddress = (text: string): string => {
  const bracketed = /^\[([^\]]*)\](?::\d*)?$/.exec(text);
  const inner = bracketed?.[1]?.trim() ?? text;
  const zone = inner.indexOf('%');
  const zoneless = zone > 0 && inner.includes(':') ? inner.slice(0, zone) : inner;
  if (bracketed !== null) return zoneless;
  const colons = zoneless.split(':').length - 1;
  // Eight colons without "::" are a whole IPv6 and a port: 1.2.3.4:5 and host:5 have one.
  const hasPort = colons === 1 || (colons === 8 && !zoneless.includes('::'));
  return hasPort ? zoneless.replace(PORT, '') : zoneless;
};

/** One spelling for one address (`domain.md` 9); runs once per record. */
export const normaliseAddress = (raw: string | null | undefined): ClientAddress => {
  if (raw !== null && raw !== undefined && ipv4Number(raw) >= 0) return { address: raw, raw };
  const text = stated(raw);
  if (text === null) return { address: null, raw: null };
  const bare = stated(bareAddress(text));
  if (bare === null) return { address: null, raw: raw ?? null };
  const groups = ipGroups(bare);
  return { address: groups === null ? bare.toLowerCase() : ipText(groups), raw: raw ?? null };
};

/** The /24 of an IPv4, the /64 of an IPv6 address, written as a CIDR; null for a host name. */
export const networkOf = (address: string): string | null => {
  const groups = ipGroups(address);
  if (groups === null) return null;
  return isIpv4(groups)
    ? `${ipText(maskGroups(groups, 96 + 24))}/24`
    : `${ipText(maskGroups(groups, 64))}/64`;
};
