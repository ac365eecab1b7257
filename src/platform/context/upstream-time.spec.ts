import { describe, expect, it } from '@jest/globals';
import { UpstreamTime } from './upstream-time.ts';

describe('UpstreamTime', () => {
  it('counts the time of concurrent calls once', () => {
    const time = new UpstreamTime();
    time.begin(0);
    time.begin(50);
    time.end(100);
    time.end(120);
    expect([time.until(500), time.calls]).toEqual([120, 2]);
  });

  it('leaves out the time between calls', () => {
    const time = new UpstreamTime();
    time.begin(0);
    time.end(10);
    time.begin(1_000);
    time.end(1_005);
    expect([time.until(2_000), time.calls]).toEqual([15, 2]);
  });

  it('counts calls under way up to now', () => {
    const time = new UpstreamTime();
    time.begin(0);
    time.end(10);
    time.begin(1_000);
    expect([time.until(1_700), time.calls]).toEqual([710, 2]);
  });
});
