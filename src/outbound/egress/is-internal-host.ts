import { isIP } from 'node:net';
import { addressClass } from './address-class.ts';
import { INTERNAL, LOCALHOST } from './reach.ts';

/** Whether a URL's host is this machine, or in a network of our own, by what it is called alone. */
export const isInternalHost = (hostname: string): boolean => {
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  if (isIP(host)) return ['loopback', 'private'].includes(addressClass(host));
  return LOCALHOST.test(host) || INTERNAL.test(host);
};
