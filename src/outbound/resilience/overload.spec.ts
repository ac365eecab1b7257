import { describe, expect, it } from '@jest/globals';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { compose, type Reply, type Send } from '../http/call.ts';
import { attemptTimeout } from './attempt-timeout.ts';
import { bulkhead } from './bulkhead.ts';
import { WaitingLine } from './waiting-line.ts';

const WORK_MS = 50;
const PATIENCE_MS = 1_000;
const WORKERS = 5;
const CAPACITY = (WORKERS * 1_000) / WORK_MS;

/** Works on so many at a time, in the order in which they came, those included that nobody waits for any more. */
const busyUpstream = (clock: FakeClock): Send => {
  const freeAt = Array.from({ length: WORKERS }, () => 0);
  return ({ signal }) => {
    const first = freeAt.indexOf(Math.min(...freeAt));
    const endsAt = Math.max(clock.now(), freeAt[first]!) + WORK_MS;
    freeAt[first] = endsAt;
    return new Promise<Reply>((resolve, reject) => {
      const cancel = clock.schedule(() => resolve(buildReply()), endsAt - clock.now());
      signal.addEventListener('abort', () => {
        cancel();
        reject(signal.reason);
      });
    });
  };
};

/** Calls come evenly, whatever becomes of them. Answered in time, by phase, as a share of the upstream's capacity. */
const goodputOf = async (
  limits: { maxConcurrent: number; maxQueued: number },
  phases: { load: number; seconds: number }[],
): Promise<number[]> => {
  const clock = new FakeClock();
  const options = { ...limits, queueTimeoutMs: 1_000, backgroundShare: 0.25 };
  const stages = [bulkhead(new WaitingLine(options), options, clock), attemptTimeout(clock)];
  const send = compose(stages, busyUpstream(clock));
  const { operation } = buildCall();
  const shares: number[] = [];
  for (const { load, seconds } of phases) {
    let good = 0;
    for (let calls = load * CAPACITY * seconds; calls > 0; calls -= 1) {
      const call = { ...buildCall({ deadlineAt: clock.now() + PATIENCE_MS }), operation };
      void send(call).then(
        () => (good += 1),
        () => undefined,
      );
      await clock.advance(1_000 / (load * CAPACITY));
    }
    shares.push(good / seconds / CAPACITY);
  }
  return shares;
};

const OVERLOAD_AND_AFTER = [
  { load: 2, seconds: 4 },
  { load: 0.5, seconds: 2 },
];

describe('an upstream that is asked for twice what it can do, by callers with a second of patience', () => {
  it.each([
    { what: 'of its size', maxConcurrent: 6, maxQueued: 64 },
    { what: 'by default, where they are many too many', maxConcurrent: 64, maxQueued: 64 },
    { what: 'of its size, and a line in which nobody has a chance', maxConcurrent: 6, maxQueued: 1_000 },
  ])('goes on answering in time, and does so afterwards: places $what', async ({ maxConcurrent, maxQueued }) => {
    const [meanwhile, afterwards] = await goodputOf({ maxConcurrent, maxQueued }, OVERLOAD_AND_AFTER);
    expect(meanwhile).toBeGreaterThan(0.9);
    expect(afterwards).toBeGreaterThan(0.45);
  });
});
