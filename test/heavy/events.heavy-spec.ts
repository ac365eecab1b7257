import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startListenersThread, type ListenersThread } from './events-listeners-thread.ts';
import { startEventsProcess, type EventsProcess, type Weight } from './events-process.ts';

const LISTENERS = 2_000;
const EVENTS = 20;
const CUT_OFF_PER_EVENT = 5;
const ROUNDS = 2;

/** Enough for the engine to have compiled what connections and events need. */
const WARM_UP_ROUNDS = 20;
const WARM_UP_LISTENERS = 100;

const MAX_RESIDENT_BYTES_EACH = 20_000;
const MAX_LIVE_BYTES_EACH = 13_000;
/** What a listener leaves behind for each that there has been; were all of it kept, it would be 10,000. */
const MAX_LEFT_BYTES_EACH = 1_000;

const TIMEOUT_MS = 60_000;
const WITHIN_MS = 20_000;

let breakwater: EventsProcess;
let listeners: ListenersThread;
let published: string[];

beforeEach(async () => {
  published = [];
  listeners = startListenersThread();
  breakwater = await startEventsProcess();
}, TIMEOUT_MS);
afterEach(async () => {
  await listeners.stop();
  await breakwater.stop();
});

const publish = async (): Promise<void> => {
  const slug = `a-${published.length + 1}`;
  published.push(slug);
  await breakwater.publish(slug);
};

/** In order, each once, and nothing else. */
const expectAllHeard = (count: number, words: readonly string[]): Promise<void> =>
  eventually(async () => expect(await listeners.heard()).toEqual({ [words.join(' ')]: count }), WITHIN_MS);

const listenFor = async (count: number, events: number): Promise<void> => {
  const before = published.length;
  await listeners.open(breakwater.url, count);
  for (let nth = 0; nth < events; nth += 1) await publish();
  await expectAllHeard(count, published.slice(before));
};

const warmUp = async (): Promise<void> => {
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
    await listenFor(WARM_UP_LISTENERS, 1);
    await listeners.close();
  }
};

const toWeightEach = (weight: Weight, idle: Weight): Weight => ({
  liveBytes: (weight.liveBytes - idle.liveBytes) / LISTENERS,
  residentBytes: (weight.residentBytes - idle.residentBytes) / LISTENERS,
});

// Elsewhere a machine has one address only, and an address has few listeners.
const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

describeOnLinux(`${LISTENERS} who listen to a topic of one process`, () => {
  it(
    `hear of all events in order, each once, also those ${EVENTS * CUT_OFF_PER_EVENT} who are cut off meanwhile`,
    async () => {
      await listeners.open(breakwater.url, LISTENERS);
      for (let nth = 0; nth < EVENTS; nth += 1) {
        await publish();
        await listeners.cut(CUT_OFF_PER_EVENT);
      }
      await listeners.rejoin();
      await expectAllHeard(LISTENERS, published);
    },
    TIMEOUT_MS,
  );

  it(
    `take less than ${MAX_RESIDENT_BYTES_EACH / 1_000} KB each, and leave nothing behind but their places`,
    async () => {
      await warmUp();
      const idle = await breakwater.weigh();
      for (let round = 1; round <= ROUNDS; round += 1) {
        await listenFor(LISTENERS, EVENTS);
        const each = toWeightEach(await breakwater.weigh(), idle);
        console.info(`round ${round}, bytes each:`, each);
        expect(each.residentBytes).toBeLessThan(MAX_RESIDENT_BYTES_EACH);
        expect(each.liveBytes).toBeLessThan(MAX_LIVE_BYTES_EACH);
        await listeners.close();
        const left = toWeightEach(await breakwater.weigh(), idle);
        expect(left.liveBytes).toBeLessThan(round * MAX_LEFT_BYTES_EACH);
      }
    },
    TIMEOUT_MS,
  );
});
