import { isIP } from 'node:net';
import { embeddedIpv4 } from './embedded-ipv4.ts';
import { FORBIDDEN, GLOBAL_IPV6, LOOPBACK, PRIVATE } from './special-ranges.ts';

/**
 * `public`: anybody may be there. `private`: our own networks. `loopback`: this machine.
 * `forbidden`: link-local, metadata, unspecified, multicast, reserved, and whatever is no address.
 */
export type AddressClass = 'public' | 'private' | 'loopback' | 'forbidden';

/** What kind of place an address is, in whatever spelling it comes. */
export const addressClass = (address: string): AddressClass => {
  // A zone (RFC 4007) names one of our own links.
  const family = address.includes('%') ? 0 : isIP(address);
  if (family === 4) return classOfRange(address, 'ipv4');
  return family === 6 ? ipv6Class(address) : 'forbidden';
};

const ipv6Class = (address: string): AddressClass => {
  const embedded = embeddedIpv4(address);
  if (embedded === undefined) {
    const found = classOfRange(address, 'ipv6');
    return found === 'public' && !GLOBAL_IPV6.check(address, 'ipv6') ? 'forbidden' : found;
  }
  const found = classOfRange(embedded.address, 'ipv4');
  // Nobody reaches their own network through a translator.
  return embedded.translated && found !== 'public' ? 'forbidden' : found;
};

const classOfRange = (address: string, family: 'ipv4' | 'ipv6'): AddressClass => {
  if (FORBIDDEN.check(address, family)) return 'forbidden';
  if (LOOPBACK.check(address, family)) return 'loopback';
  return PRIVATE.check(address, family) ? 'private' : 'public';
};
