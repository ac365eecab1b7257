import type { Endpoint } from '../../outbound/index.ts';
import type { BalancedEndpoints } from './balanced-endpoints.ts';
import { isSameServer } from './is-same-server.ts';
import { ServerProbe, type ServerProbeParts } from './server-probe.ts';

export interface ProbingParts extends Omit<ServerProbeParts, 'report'> {
  readonly endpoints: BalancedEndpoints;
}

export interface Probing {
  /** Ends it: no timer and no probe is left. What was found stays. */
  close(): void;
}

/**
 * Asks every server, each on its own, every `intervalMs` more or less; those that come at once, those that go no more.
 * `failures` in a row take a server out, one success brings it back, in slow start. An ejection is not ended by a success.
 */
export const startProbing = ({ endpoints, ...parts }: ProbingParts): Probing => {
  const report = (endpoint: Endpoint, isHealthy: boolean): void => endpoints.markHealth(endpoint, isHealthy);
  let probes: readonly ServerProbe[] = [];
  const follow = (): void => {
    const before = probes;
    probes = endpoints
      .all()
      .map((endpoint) => goOn(before, endpoint) ?? new ServerProbe(endpoint, { ...parts, report }));
    for (const probe of before) if (!probes.includes(probe)) probe.close();
  };
  const unfollow = endpoints.onUpdate(follow);
  follow();
  return {
    close: () => {
      unfollow();
      for (const probe of probes) probe.close();
    },
  };
};

const goOn = (probes: readonly ServerProbe[], endpoint: Endpoint): ServerProbe | undefined => {
  const known = probes.find((probe) => isSameServer(probe.endpoint, endpoint));
  if (known) known.endpoint = endpoint;
  return known;
};
