import { describe, expect, it } from '@jest/globals';
import type { NetworkInterfaceInfo } from 'node:os';
import { hasIpv6 } from './has-ipv6.ts';

const CARD = { netmask: 'ffff:ffff:ffff:ffff::', mac: '00:00:00:00:00:00', internal: false, cidr: null };
const ipv6 = (address: string, scopeid = 0, internal = false): NetworkInterfaceInfo => ({
  ...CARD,
  ...{ address, family: 'IPv6', scopeid, internal },
});
const IPV4: NetworkInterfaceInfo = { ...CARD, address: '10.0.0.5', family: 'IPv4' };

describe('a machine', () => {
  it.each([
    ['nothing', {}],
    ['IPv4 only', { eth0: [IPV4] }],
    ['loopback', { lo: [ipv6('::1', 0, true)], eth0: [IPV4] }],
    ['an address of its link', { eth0: [IPV4, ipv6('fe80::1', 2)] }],
    ['an interface that is gone', { eth0: undefined }],
  ])('with %s does not speak IPv6 to others', (_what, interfaces) => expect(hasIpv6(interfaces)).toBe(false));

  it('with an address of its own does', () => expect(hasIpv6({ eth0: [IPV4, ipv6('fd00::5')] })).toBe(true));
});
