import { BlockList, isIP, isIPv4 } from 'node:net';

/** Ranges that lead into one's own network, to the machine itself, to cloud metadata, or to nobody. */
const NOT_PUBLIC_4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT, and the metadata of some clouds
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local: the metadata of most clouds
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Global unicast; within it, ranges that carry or stand for other addresses, and those of documentation. */
const PUBLIC_6: [string, number] = ['2000::', 3];
const NOT_PUBLIC_6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

function listOf(ranges: readonly [string, number][], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of ranges) list.addSubnet(net, prefix, family);
  return list;
}

const notPublic4 = listOf(NOT_PUBLIC_4, 'ipv4');
const notPublic6 = listOf(NOT_PUBLIC_6, 'ipv6');
const public6 = listOf([PUBLIC_6], 'ipv6');

/** Whether an address is one of the open Internet. All that is not known to be is not: mapped and translated ones too. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !notPublic4.check(address, 'ipv4');
  return isIP(address) === 6 && public6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6');
}

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,62})(\.[a-z0-9]([a-z0-9-]{0,62}))*$/i;

/** Hosts of one's own network that an operator lets requests reach: names, addresses, and ranges such as 10.2.0.0/16. */
export class AllowedHosts {
  private readonly names = new Set<string>();
  private readonly ranges = new BlockList();

  private constructor() {}

  /** Null: an entry is none of these. */
  static parse(text: string): AllowedHosts | null {
    const allowed = new AllowedHosts();
    const entries = text.split(',').map((entry) => entry.trim());
    return entries.every((entry) => entry === '' || allowed.take(entry)) ? allowed : null;
  }

  hasName(host: string): boolean {
    return this.names.has(host.toLowerCase());
  }

  hasAddress(address: string): boolean {
    const version = isIP(address);
    return version !== 0 && this.ranges.check(address, version === 4 ? 'ipv4' : 'ipv6');
  }

  private take(entry: string): boolean {
    const [net = '', prefix] = entry.split('/');
    const version = isIP(net);
    if (version === 0) {
      if (prefix !== undefined || !HOST_NAME.test(net)) return false;
      this.names.add(net.toLowerCase());
      return true;
    }
    const family = version === 4 ? 'ipv4' : 'ipv6';
    if (prefix === undefined) {
      this.ranges.addAddress(net, family);
      return true;
    }
    const bits = Number(prefix);
    if (!/^\d{1,3}$/.test(prefix) || bits > (version === 4 ? 32 : 128)) return false;
    this.ranges.addSubnet(net, bits, family);
    return true;
  }
}
