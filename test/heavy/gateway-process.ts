import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMeasuredProcess, type MeasuredProcess } from './articles-export-process.ts';

export interface GatewayProcess extends MeasuredProcess {
  /** Bytes by which its memory has grown at most since it was idle. */
  growth(): number;
}

const WARM_UP_REQUESTS = 200;

/**
 * The gateway as a process of its own. Its memory is compared with what it took when it had served a few small requests.
 *
 * @param routes as in the file; the first takes a GET of `/echo`
 */
export const startGatewayProcess = async (
  routes: readonly { readonly name: string }[],
  certificate = '',
): Promise<GatewayProcess> => {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const [path, trusted] = [join(folder, 'routes.json'), join(folder, 'trusted.pem')];
  await writeFile(path, JSON.stringify({ routes }));
  await writeFile(trusted, certificate);
  const env = { GATEWAY_ROUTES: path, LOG_LEVEL: 'error', ...(certificate && { NODE_EXTRA_CA_CERTS: trusted }) };
  const started = await startMeasuredProcess(env);
  for (let sent = 0; sent < WARM_UP_REQUESTS; sent += 1)
    await (await fetch(`${started.url}/gateway/${routes[0]!.name}/echo`)).arrayBuffer();
  const idleBytes = started.residentBytes();
  started.forgetPeak();
  const stop = async (): Promise<void> => {
    await started.stop();
    await rm(folder, { recursive: true });
  };
  return { ...started, growth: () => started.peakBytes() - idleBytes, stop };
};
