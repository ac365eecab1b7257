import { BullQueue } from '../../src/jobs/queue/bull-queue.ts';
import type { QueueHome } from '../../src/jobs/queue/queue-home.ts';
import { SystemClock } from '../../src/platform/clock.ts';
import { captureLog, type CapturedLog } from '../support/captured-log.ts';
import type { OpenedQueue, QueuePlace } from './call-queue-under-test.ts';

export interface BullPlace extends QueuePlace, Pick<CapturedLog, 'lines'> {
  /** @param concurrency default 16 */
  open(endWithinMs?: number, concurrency?: number): Promise<OpenedQueue>;
}

/** Where something is kept, as one process has it. */
export interface Housed {
  readonly home: QueueHome;
  close(): Promise<void>;
}

/** Queues as `JobsModule` makes them, without the application. */
export const createBullPlace = (
  house: (captured: CapturedLog) => Housed,
  empty: () => Promise<unknown>,
  captured = captureLog(),
): BullPlace => {
  const opened = new Set<OpenedQueue>();
  const open = (endWithinMs = 1_000, concurrency = 16): Promise<OpenedQueue> => {
    const { home, close } = house(captured);
    const queue = new BullQueue(home, { clock: new SystemClock(), log: captured.log, concurrency, endWithinMs });
    const stop = async (): Promise<void> => {
      opened.delete(one);
      queue.onModuleDestroy();
      await queue.onApplicationShutdown();
      await close();
    };
    const one = { queue, stop };
    opened.add(one);
    return Promise.resolve(one);
  };
  const clear = async (): Promise<void> => {
    await Promise.all([...opened].map(({ stop }) => stop()));
    await empty();
  };
  return { open, clear, lines: captured.lines };
};
