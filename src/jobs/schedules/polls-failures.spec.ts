import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { elapse } from '../../../test/support/elapse.ts';
import { UpstreamError } from '../../outbound/index.ts';
import { expectAbout, Polling } from '../../../test/support/polling.ts';

let polling: Polling;
beforeEach(() => {
  polling = new Polling();
});
afterEach(() => polling.end());
const failing = (code: 'upstream_failed' | 'upstream_throttled', retryAfterMs?: number): UpstreamError =>
  new UpstreamError({
    ...{ code, provider: 'fixture', operation: 'getBoard', reason: 'told so' },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

describe('a poll that fails', () => {
  it('goes on, less and less often, and is logged once until it works again', async () => {
    polling.answer = () => Promise.reject(failing('upstream_failed'));
    polling.start();
    await elapse(polling.clock, 200_000);
    expectAbout(polling.intervals().slice(0, 4), [10, 20, 40, 60]);
    expect(polling.captured.lines).toHaveLength(1);
    expect(polling.captured.lines[0]).toContain('A poll failed; it goes on, slower');
    polling.answer = () => Promise.resolve('unchanged');
    await polling.clock.advance(130_000);
    polling.answer = () => Promise.reject(failing('upstream_failed'));
    await polling.clock.advance(130_000);
    expect(polling.captured.lines).toHaveLength(2);
  });

  it('throws where it may: at once', async () => {
    polling.answer = () => {
      throw new TypeError('ours');
    };
    polling.start();
    await elapse(polling.clock, 60_000);
    expect(polling.polledAt.length).toBeGreaterThan(1);
  });

  it('waits for as long as the upstream says', async () => {
    polling.answer = () => Promise.reject(failing('upstream_throttled', 300_000));
    polling.start();
    await elapse(polling.clock, 299_999);
    expect(polling.polledAt).toEqual([0]);
    await polling.clock.advance(1);
    expect(polling.polledAt).toEqual([0, 300_000]);
  });

  it('does not wait for days, whatever the upstream says', async () => {
    polling.answer = () => Promise.reject(failing('upstream_throttled', 86_400_000));
    polling.start();
    await elapse(polling.clock, 3_600_000);
    expect(polling.polledAt).toEqual([0, 3_600_000]);
  });

  it('is given up when it does not end, and made again', async () => {
    polling.answer = () => new Promise(() => undefined);
    polling.start();
    await elapse(polling.clock, 60_000);
    expect(polling.polledAt.length).toBe(2);
    expect(polling.captured.lines[0]).toContain('It was not over after 30000 ms');
    const closed = polling.polls.beforeApplicationShutdown();
    await elapse(polling.clock, 5_000);
    await closed;
  });
});
