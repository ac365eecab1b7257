import type { EndpointStatus } from '../../outbound/index.ts';
import type { ServerState } from './server-state.ts';

/** One that is out for both reasons is called unhealthy: the end of its ejection would not bring it back. */
export const toStatus = (server: ServerState, now: number): EndpointStatus => {
  const { id, weight, priority } = server.endpoint;
  const described = { id, weight, priority, outstanding: server.outstanding };
  if (!server.isHealthy) return { ...described, state: 'unhealthy' };
  if (now >= server.ejectedUntil) return { ...described, state: 'healthy' };
  return { ...described, state: 'ejected', ejectedForMs: Math.ceil(server.ejectedUntil - now) };
};
