import type { Endpoint, Provider } from '../../outbound/index.ts';
import type { ProbeOptions } from '../routes/target-options.ts';

/** Asks one server for the probe's path, beside everything that is counted and limited. Any 2xx is well. */
export const askWhetherWell =
  (provider: Provider, { path }: ProbeOptions) =>
  async (endpoint: Endpoint, signal: AbortSignal): Promise<boolean> => {
    try {
      return await provider.probe(endpoint, path, signal);
    } catch {
      return false;
    }
  };
