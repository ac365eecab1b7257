import { describe, expect, it } from '@jest/globals';
import { judgeAnswer, type FailedDelivery } from './judge-answer.ts';
import { toFinal } from './to-final.ts';

const HOUR_MS = 3_600_000;

const judge = (status: number, askedToWaitMs?: number, ageMs = 0) => judgeAnswer({ status, askedToWaitMs, ageMs });
const failureOf = (...asked: Parameters<typeof judge>): FailedDelivery => judge(...asked) as FailedDelivery;

describe('an answer to a delivery', () => {
  it.each([200, 201, 204, 299])('of status %i is success', (status) =>
    expect(judge(status, 60_000)).toEqual({ outcome: 'delivered', status }),
  );

  it('of status 410 ends the subscription', () => expect(judge(410)).toEqual({ outcome: 'gone', status: 410 }));

  it.each([301, 302, 304, 400, 401, 404, 408, 429, 500, 501, 503, 505])('of status %i is tried again', (status) => {
    const { outcome, error } = failureOf(status);
    expect({ outcome, ...error }).toMatchObject({ outcome: 'failed', code: 'upstream_failed', transient: true });
    expect([error.retryAfterMs, error.status]).toEqual([undefined, undefined]);
  });

  it('that leads elsewhere says so', () =>
    expect(failureOf(307).detail).toBe('The receiver answered with status 307: redirects are not followed'));

  it.each([
    [60_000, 0, 60_000],
    [0, 0, 5_000],
    [1_000, 0, 5_000],
    [1_000, HOUR_MS, HOUR_MS],
    [365 * 24 * HOUR_MS, 0, 24 * HOUR_MS],
    [1_000, 100 * HOUR_MS, 24 * HOUR_MS],
  ])('that asks for %i ms when the event is %i ms old gets %i ms', (asked, ageMs, expected) => {
    expect(failureOf(503, asked, ageMs).error).toMatchObject({ code: 'upstream_throttled', retryAfterMs: expected });
  });

  it('is the last one when it is made so, whatever it asked for', () => {
    const last = toFinal(failureOf(429, 60_000));
    expect(last).toMatchObject({ code: 'upstream_failed', transient: false });
    expect(last.retryAfterMs).toBeUndefined();
  });
});
