import { noteConnection } from './connection-state.ts';
import { noteServerTime, showTimes } from './server-time.ts';
import type { Snapshot } from './snapshot.ts';

const PATH = '/console/events';
/** Guarded as the events are: tells who is not let in any more from a server that is gone. */
const PROBE = '/console/console.js';

/** One comes each second: without any for so long the connection is dead, whatever the browser thinks. */
const SILENCE_MS = 6_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

let source: EventSource | undefined;
let heardAt = performance.now();
let waitMs = FIRST_WAIT_MS;
let isWaiting = false;

/** Listens to what the server says each second, and goes on doing so. */
export const listen = (whenHeard: (snapshot: Snapshot) => void): void => {
  const hear = ({ data }: MessageEvent<string>): void => {
    const snapshot = JSON.parse(data) as Snapshot;
    heardAt = performance.now();
    waitMs = FIRST_WAIT_MS;
    noteServerTime(snapshot.at);
    whenHeard(snapshot);
    noteConnection('live');
  };
  const connect = (): void => {
    isWaiting = false;
    heardAt = performance.now();
    source?.close();
    source = new EventSource(PATH);
    source.addEventListener('snapshot', hear);
    source.onerror = () => void again();
  };
  /** Not left to the browser, which gives up at any answer but 200. */
  const again = async (): Promise<void> => {
    source?.close();
    if (isWaiting) return;
    isWaiting = true;
    noteConnection((await isLetIn()) ? 'reconnecting' : 'ended');
    setTimeout(connect, waitMs * (0.75 + Math.random() / 2));
    waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
  };
  setInterval(() => {
    showTimes();
    if (performance.now() - heardAt > SILENCE_MS) void again();
  }, 1_000);
  addEventListener('online', connect);
  connect();
};

/** Whoever cannot be asked has not refused. */
const isLetIn = async (): Promise<boolean> => {
  const options = { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(SILENCE_MS) } as const;
  const response = await fetch(PROBE, options).catch(() => undefined);
  return response === undefined || ![401, 403].includes(response.status);
};
