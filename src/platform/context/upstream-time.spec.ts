import { describe, expect, it } from '@jest/globals';
import { UpstreamTime } from './upstream-time.ts';

describe('UpstreamTime', () => {
  it('counts the time of concurrent calls once', () => {
    const time = new UpstreamTime();
    time.begin(0);
    time.begin(50);
    time.end(100);
    time.end(120);
    expect([time.totalMs, time.calls]).toEqual([120, 2]);
  });

  it('leaves out the time between calls', () => {
    const time = new UpstreamTime();
    time.begin(0);
    time.end(10);
    time.begin(1_000);
    time.end(1_005);
    expect([time.totalMs, time.calls]).toEqual([15, 2]);
  });
});
