import type { SrvRecord } from 'node:dns';
import type { Place } from './to-endpoints.ts';
import { MAX_SERVERS } from './found-servers.ts';

/** Where an SRV record says that a service is. */
export type Target = Omit<Place, 'scheme'>;

/** Of labels (RFC 1123 §2.1), and underscores, which registries use. */
const HOST = /^(?!.{254})[a-z\d_-]{1,63}(\.[a-z\d_-]{1,63})*$/;

/**
 * The targets that can be called, best priority first, no more than may be used. The target `.`, which says that there is
 * no such service (RFC 2782), is none. Where no server of a priority has a weight, all have the same.
 */
export const toTargets = (records: readonly SrvRecord[]): Target[] => {
  const usable = records
    .map(({ name, port, weight, priority }) => ({ host: name.toLowerCase(), port, weight, priority }))
    .filter(({ host, port }) => HOST.test(host) && port > 0)
    .sort((one, other) => one.priority - other.priority)
    .slice(0, MAX_SERVERS);
  const weighted = new Set(usable.filter(({ weight }) => weight > 0).map(({ priority }) => priority));
  return usable.map((target) => (weighted.has(target.priority) ? target : { ...target, weight: 1 }));
};
