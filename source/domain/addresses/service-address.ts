import { type AddressRange, readAddressRange, rangeHolds } from './address-range.ts';
import { ipv4Number } from './ip-number.ts';

/**
 * Networks of Microsoft's own front ends. Sources: the "Exchange" and "Common" entries of "Office 365
 * URLs and IP address ranges" (endpoints.office.com, worldwide instance), and Microsoft's IPv6 blocks,
 * out of which Exchange Online's servers call each other (2603:10a6:...). The list ages: Microsoft
 * adds ranges every few months. Azure's IPv4 ranges are left out on purpose, since anybody can rent a
 * machine there, an intruder too; of IPv6 no finer split is published, so the mark is a hint only.
 */
export const SERVICE_NETWORKS: readonly string[] = [
  // Exchange Online
  '13.107.6.152/31',
  '13.107.18.10/31',
  '13.107.128.0/22',
  '23.103.160.0/20',
  '40.92.0.0/15',
  '40.96.0.0/13',
  '40.104.0.0/15',
  '40.107.0.0/16',
  '52.96.0.0/14',
  '52.100.0.0/14',
  '104.47.0.0/17',
  '131.253.33.215/32',
  '132.245.0.0/16',
  '150.171.32.0/22',
  '204.79.197.215/32',
  // Sign-in and Graph ("Common")
  '13.107.6.171/32',
  '13.107.18.15/32',
  '13.107.140.6/32',
  '20.20.32.0/19',
  '20.190.128.0/18',
  '20.231.128.0/19',
  '40.126.0.0/18',
  '52.108.0.0/14',
  '52.244.37.168/32',
  // IPv6
  '2603:1000::/24',
  '2620:1ec::/36',
  '2a01:111::/32',
];

interface Ipv4Span {
  readonly from: number;
  readonly to: number;
}

const networks = SERVICE_NETWORKS.map((cidr) => {
  const range = readAddressRange(cidr);
  if ('problem' in range || range.of !== 'network') throw new Error(`not a network: ${cidr}`);
  return range;
});

const span = (range: AddressRange & { of: 'network' }): Ipv4Span => {
  const [high = 0, low = 0] = range.base.slice(6);
  const from = high * 65536 + low;
  return { from, to: from + 2 ** (128 - range.bits) };
};

const ipv4Spans: readonly Ipv4Span[] = networks.filter((range) => range.ipv4).map(span);
const ipv6Networks = networks.filter((range) => !range.ipv4);

/**
 * One of the service's own addresses: behind REST a proxy, not the actor, and no verdict by address
 * touches it unless asked for outright (`domain.md` 9). `address` must be normalised.
 */
export const isServiceAddress = (address: string | null): boolean => {
  if (address === null) return false;
  const number = ipv4Number(address);
  if (number >= 0) return ipv4Spans.some(({ from, to }) => number >= from && number < to);
  return address.includes(':') && ipv6Networks.some((range) => rangeHolds(range, address));
};
