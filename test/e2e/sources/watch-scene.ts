import { expect } from '@jest/globals';
import { BoardReader } from '../../../src/features/ci/watch/board-reader.ts';
import { OpenStreams } from '../../../src/features/events/open-streams.ts';
import { Clock } from '../../../src/platform/clock.ts';
import { withMemoryBackground } from '../../support/background.ts';
import type { TestEventSource } from '../../support/event-source.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock, settled } from '../../support/fake-clock.ts';
import type { SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';
import { ADA, createGuardedApp, type GuardedApp } from '../authentication/known-callers.ts';
import { Listeners } from './listeners.ts';

/** The application in front of a CI service, with time that the test moves. */
export interface WatchScene extends GuardedApp {
  readonly clock: FakeClock;
  /** When the board was read, in ms. */
  readonly readAt: readonly number[];
  /** Listens to topic `ci`, with the token of one who may. */
  listen(token?: string): Promise<TestEventSource>;
  connect(token?: string): Promise<TestEventSource>;
  /** All who listen leave, and it is noticed. */
  leave(): Promise<void>;
  /** Lets time pass; no reading is overtaken by it. */
  pass(ms: number): Promise<void>;
  /** No reading is under way. */
  idle(): Promise<void>;
}

/** Readings have timers of their own: time that jumps over them would end them. */
const STEP_MS = 500;

export const startWatch = async (env: Readonly<Record<string, string>>): Promise<WatchScene> => {
  const clock = new FakeClock();
  const app = await createGuardedApp({
    env,
    override: (builder) => withMemoryBackground(builder).overrideProvider(Clock).useValue(clock),
  });
  const listeners = new Listeners();
  const readings = watchReadings(app.app.get(BoardReader, { strict: false }), clock);
  const idle = async (): Promise<void> => {
    await eventually(() => expect(readings.underWay()).toBe(0), 20_000);
    await settled();
  };
  const leave = async (): Promise<void> => {
    await listeners.dropAll();
    await eventually(() => expect(app.app.get(OpenStreams, { strict: false }).count).toBe(0));
    await settled();
  };
  const pass = async (ms: number): Promise<void> => {
    await idle();
    for (let left = ms; left > 0; left -= STEP_MS) {
      await clock.advance(Math.min(left, STEP_MS));
      await idle();
    }
  };
  return {
    ...app,
    clock,
    readAt: readings.startedAt,
    listen: (token = ADA) => listeners.listen(app, 'ci', token),
    connect: (token) => listeners.connect(app, 'ci', token),
    leave,
    pass,
    idle,
    close: async () => {
      await listeners.dropAll();
      await app.close();
    },
  };
};

const watchReadings = (reader: BoardReader, clock: Clock) => {
  const startedAt: number[] = [];
  let ended = 0;
  const read = reader.read.bind(reader);
  reader.read = (...given) => {
    startedAt.push(clock.now());
    return read(...given).finally(() => (ended += 1));
  };
  return { startedAt, underWay: () => startedAt.length - ended };
};

/** What SEMAPHORE_… variables say of a stand-in. */
export const toEnv = ({ url, token }: SemaphoreStandIn): Record<string, string> => ({
  SEMAPHORE_URL: url,
  SEMAPHORE_TOKEN: token,
  SEMAPHORE_MAX_ATTEMPTS: '1',
});

/** Somebody stops it, past the application. */
export const stopPipeline = async ({ url, token }: SemaphoreStandIn, id: string): Promise<void> => {
  const answer = await fetch(`${url}/pipelines/${id}`, {
    method: 'PATCH',
    headers: {
      authorization: `Token ${token}`,
      'user-agent': 'SemaphoreCI v2.0 Client',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ terminate_request: true }),
  });
  expect(answer.status).toBe(200);
};
