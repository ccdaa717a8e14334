import { normaliseAddress } from './address.ts';
import { type IpGroups, ipGroups, ipText, isIpv4, maskGroups } from './ip-number.ts';

/** What `--ip` asks for: one address or host name, or a network. */
export type AddressRange =
  | { readonly of: 'address'; readonly address: string }
  | {
      readonly of: 'network';
      /** In CIDR form, host bits cleared. */
      readonly cidr: string;
      readonly base: IpGroups;
      /** Out of 128; an IPv4 prefix counts from 96. */
      readonly bits: number;
      readonly ipv4: boolean;
    };

export interface AddressProblem {
  readonly problem: string;
}

const networkRange = (text: string, slash: number): AddressRange | AddressProblem => {
  const { address } = normaliseAddress(text.slice(0, slash));
  const groups = address === null ? null : ipGroups(address);
  if (groups === null)
    return { problem: `"${text}": no IP address stands before the "/". Write e.g. 10.1.2.0/24.` };
  const ipv4 = isIpv4(groups);
  // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
  const mapped = ipv4 && text.slice(0, slash).includes(':');
  const suffix = text.slice(slash + 1).trim();
  const bits = /^\d{1,3}$/.test(suffix) ? Number(suffix) + (ipv4 && !mapped ? 96 : 0) : 999;
  if (bits > 128 || (mapped && bits < 96)) {
    const allowed = mapped ? '96 to 128' : ipv4 ? '0 to 32' : '0 to 128';
    return { problem: `"${text}": the number after the "/" must be from ${allowed}.` };
  }
  const base = maskGroups(groups, bits);
  return {
    of: 'network',
    cidr: `${ipText(base)}/${ipv4 ? bits - 96 : bits}`,
    base,
    bits,
    ipv4,
  };
};

/** Reads an address, a host name or a CIDR; what is wrong with it comes back in words. */
export const readAddressRange = (text: string): AddressRange | AddressProblem => {
  const trimmed = text.trim();
  const slash = trimmed.indexOf('/');
  if (slash >= 0) return networkRange(trimmed, slash);
  const { address } = normaliseAddress(trimmed);
  if (address === null) return { problem: 'An IP address, a host name or a CIDR is needed.' };
  // What was meant as an IP but is none would match nothing, without a word.
  if (ipGroups(address) === null && (/^[\d.]+$/.test(address) || /[:*\s]/.test(address)))
    return { problem: `"${text}" is no IP address. For a network write e.g. 10.1.2.0/24.` };
  return { of: 'address', address };
};

/** `address` must be normalised. */
export const rangeHolds = (range: AddressRange, address: string | null): boolean => {
  if (address === null) return false;
  if (range.of === 'address') return address === range.address;
  const groups = ipGroups(address);
  if (groups === null || isIpv4(groups) !== range.ipv4) return false;
  const masked = maskGroups(groups, range.bits);
  return masked.every((group, index) => group === range.base[index]);
};

/**
 * Whether a normalised address is the one asked for, or in its network. False too where the range
 * can't be read: where a person typed it, ask `readAddressRange` first and show its problem.
 */
export const addressMatches = (address: string | null, addressOrCidr: string): boolean => {
  const range = readAddressRange(addressOrCidr);
  return !('problem' in range) && rangeHolds(range, address);
};
