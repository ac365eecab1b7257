import type { Endpoint } from '../../outbound/index.ts';

/** Whether two lists mean the same server, whatever they say of its weight. Another address is another server. */
export const isSameServer = (one: Endpoint, other: Endpoint): boolean =>
  one === other || (one.id === other.id && one.origin === other.origin && one.address === other.address);
