import type { EjectionOptions } from '../routes/target-options.ts';
import type { ServerState } from './server-state.ts';

/** Whether one more may be left out: no more than `maxShare` would be, probes included; the first of several always may. */
export const mayEject = (servers: readonly ServerState[], now: number, { maxShare }: EjectionOptions): boolean => {
  if (servers.length < 2) return false;
  const out = servers.filter((server) => server.isOut(now)).length;
  return out === 0 || (out + 1) / servers.length <= maxShare;
};
