/** An IP address as eight groups of 16 bits; IPv4 stands as ::ffff:a.b.c.d. */
export type IpGroups = readonly number[];

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** The four bytes as one number, or -1. Leading zeros are refused: some read them as octal. */
export const ipv4Number = (text: string): number => {
  const found = IPV4.exec(text);
  if (found === null) return -1;
  let number = 0;
  for (let index = 1; index <= 4; index += 1) {
    const part = found[index] ?? '';
    const byte = Number(part);
    if (byte > 255 || (part.length > 1 && part.startsWith('0'))) return -1;
    number = number * 256 + byte;
  }
  return number;
};

const ipv4Groups = (number: number): IpGroups => [
  0,
  0,
  0,
  0,
  0,
  0xffff,
  Math.floor(number / 65536),
  number % 65536,
];

/** The groups of one side of "::"; null where a part is none. An IPv4 tail gives two groups. */
const sideGroups = (side: string, isTail: boolean): number[] | null => {
  if (side === '') return [];
  const groups: number[] = [];
  const parts = side.split(':');
  for (const [index, part] of parts.entries()) {
    if (/^[\da-f]{1,4}$/i.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const ipv4 = isTail && index === parts.length - 1 ? ipv4Number(part) : -1;
    if (ipv4 < 0) return null;
    groups.push(Math.floor(ipv4 / 65536), ipv4 % 65536);
  }
  return groups;
};

const ipv6Groups = (text: string): IpGroups | null => {
  const sides = text.split('::');
  if (sides.length > 2) return null;
  const [head = '', tail] = sides;
  const left = sideGroups(head, tail === undefined);
  if (left === null) return null;
  if (tail === undefined) return left.length === 8 ? left : null;
  const right = sideGroups(tail, true);
  if (right === null || left.length + right.length > 7) return null;
  const zeros = Array<number>(8 - left.length - right.length).fill(0);
  return [...left, ...zeros, ...right];
};

/** null where the text is no IP address. No port, brackets or zone here. */
export const ipGroups = (text: string): IpGroups | null => {
  const number = ipv4Number(text);
  if (number >= 0) return ipv4Groups(number);
  return text.includes(':') ? ipv6Groups(text) : null;
};

export const isIpv4 = (groups: IpGroups): boolean =>
  groups[5] === 0xffff && groups.every((group, index) => index >= 5 || group === 0);

/** Where the longest run of at least two zero groups begins and ends; the first of equals. */
const longestZeroRun = (groups: IpGroups): { from: number; to: number } => {
  let best = { from: 0, to: 0 };
  let from = 0;
  for (let index = 0; index <= groups.length; index += 1) {
    if (groups[index] === 0) continue;
    if (index - from > 1 && index - from > best.to - best.from) best = { from, to: index };
    from = index + 1;
  }
  return best;
};

/** Dotted for IPv4, the one short lower-case spelling of RFC 5952 for IPv6. */
export const ipText = (groups: IpGroups): string => {
  if (isIpv4(groups)) {
    const [high = 0, low = 0] = groups.slice(6);
    return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  }
  const hex = groups.map((group) => group.toString(16));
  const run = longestZeroRun(groups);
  if (run.to === 0) return hex.join(':');
  return `${hex.slice(0, run.from).join(':')}::${hex.slice(run.to).join(':')}`;
};

/** The groups with all bits behind the first `bits` cleared. */
export const maskGroups = (groups: IpGroups, bits: number): IpGroups =>
  groups.map((group, index) => {
    const kept = Math.min(16, Math.max(0, bits - index * 16));
    return group & (0xffff << (16 - kept)) & 0xffff;
  });
