import { networkInterfaces } from 'node:os';

/** Whether this machine is in a network that speaks IPv6: loopback and addresses of one link (RFC 4291 §2.5.6) are none. */
export const hasIpv6 = (interfaces = networkInterfaces()): boolean =>
  Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .some((one) => one.family === 'IPv6' && !one.internal && one.scopeid === 0);
