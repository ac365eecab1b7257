import { isIP } from 'node:net';
import { addressClass, type AddressClass } from './address-class.ts';

/** Which addresses the names of a provider may resolve to: `public` ones, or `private` ones as well. */
export type Network = 'public' | 'private';

/** Whether an address may be connected to. */
export type Reach = (address: string) => boolean;

/** Names that cannot be public: RFC 6761, 6762, 8375, 9476, and what clusters and home routers use. */
export const INTERNAL = /(^[^.]+|\.(local|internal|svc|cluster\.local|home\.arpa|lan|test))$/;
export const LOCALHOST = /(^|\.)localhost$/;

const within =
  (...classes: readonly AddressClass[]): Reach =>
  (address) =>
    classes.includes(addressClass(address));

/**
 * Where a URL's host, as the URL parser gives it, may lead. Nothing but public addresses, unless it names others itself:
 * an address is that address and no other; `localhost` is this machine; a name that only our own networks can know is
 * there, or here, and a public answer to it is a stranger's. Link-local, metadata and reserved addresses have no name.
 */
export const reachOf = (hostname: string, network: Network): Reach => {
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  if (isIP(host)) return (address) => address === host;
  if (LOCALHOST.test(host)) return within('loopback');
  if (INTERNAL.test(host)) return within('private', 'loopback');
  return network === 'private' ? within('public', 'private') : within('public');
};
