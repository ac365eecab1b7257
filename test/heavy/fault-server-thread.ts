import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { startFaultServer } from '../upstreams/fault-server.ts';

/** What the fault server reports each time it is asked. */
interface Report {
  readonly url: string;
  readonly openSockets: number;
}

/** A fault server with a heap of its own: what it remembers of requests does not blur the measurement. */
export interface FaultServerThread {
  readonly url: string;
  /** Connections open now. */
  countSockets(): Promise<number>;
  stop(): Promise<void>;
}

export const startFaultServerThread = async (): Promise<FaultServerThread> => {
  const worker = new Worker(new URL(import.meta.url));
  const ask = async (): Promise<Report> => {
    worker.postMessage('report');
    const [report] = (await once(worker, 'message')) as [Report];
    return report;
  };
  const { url } = await ask();
  return {
    url,
    countSockets: async () => (await ask()).openSockets,
    stop: async () => void (await worker.terminate()),
  };
};

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  const server = startFaultServer();
  port.on('message', () => {
    void server.then(({ url, openSockets }) => port.postMessage({ url, openSockets } satisfies Report));
  });
}
