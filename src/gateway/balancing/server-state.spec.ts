import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildEndpoint } from '../../../test/support/balancing.ts';
import { ServerState } from './server-state.ts';

const EJECTION = { failures: 5, forMs: 30_000, maxMs: 100_000, maxShare: 0.5 };
let server: ServerState;

beforeEach(() => {
  server = new ServerState(buildEndpoint('a'), 0);
});

/** For how long it is ejected at each of these times. */
const ejectedForMs = (...times: number[]): number[] =>
  times.map((now) => {
    server.eject(now, EJECTION);
    return server.ejectedUntil - now;
  });

describe('ServerState', () => {
  it('counts failures in a row', () => {
    expect([1, 2, 3].map((at) => server.countFailure(at))).toEqual([1, 2, 3]);
    server.countSuccess();
    expect(server.countFailure(4)).toBe(1);
  });

  it('begins to count anew when it is ejected', () => {
    server.countFailure(1);
    server.eject(10, EJECTION);
    expect(server.countFailure(30_010)).toBe(1);
  });

  it('does not count what was begun before it was back', () => {
    server.eject(10, EJECTION);
    expect([5, 10, 30_009].map((begunAt) => server.countFailure(begunAt))).toEqual([0, 0, 0]);
    expect(server.countFailure(30_010)).toBe(1);
  });

  it('is ejected for longer each time, up to the longest', () => {
    expect(ejectedForMs(0, 30_000, 90_000, 180_000, 280_000)).toEqual([30_000, 60_000, 90_000, 100_000, 100_000]);
  });

  it('is ejected for less when it did well in between: one time less for each 30 s', () => {
    // Back at 30,000 and at 90,000; 65 s later two of the two times are forgotten.
    expect(ejectedForMs(0, 30_000, 155_000)).toEqual([30_000, 60_000, 30_000]);
    // Back at 185,000; 29 s are not enough. Back at 274,000; 30 s are.
    expect(ejectedForMs(214_000, 304_000)).toEqual([60_000, 60_000]);
  });

  it('does not remember more times than the longest has room for', () => {
    ejectedForMs(0, 30_000, 90_000, 180_000, 280_000, 380_000, 480_000);
    // Back at 580,000; remembered are four times, of which three are forgotten.
    expect(ejectedForMs(580_000 + 90_000)).toEqual([60_000]);
  });

  it.each([
    [0, 0.1],
    [2_500, 0.325],
    [5_000, 0.55],
    [9_000, 0.91],
    [10_000, 1],
    [99_000, 1],
  ])('%i ms after it began to serve has %f of its weight', (now, ramp) => {
    expect(server.rampAt(now, 10_000)).toBeCloseTo(ramp, 10);
    expect(server.rampAt(now, 0)).toBe(1);
  });

  it('starts slowly after an ejection, and when probes find it well again', () => {
    server.eject(50_000, EJECTION);
    expect(server.rampAt(85_000, 10_000)).toBeCloseTo(0.55, 10);
    server.setHealth(false, 100_000);
    server.setHealth(true, 120_000);
    server.setHealth(true, 124_000);
    expect(server.rampAt(125_000, 10_000)).toBeCloseTo(0.55, 10);
  });

  it('is out for its time although probes find it well, and while they do not', () => {
    server.setHealth(false, 0);
    expect(server.isOut(1)).toBe(true);
    server.eject(10, EJECTION);
    server.setHealth(true, 20);
    expect(server.isOut(30_009)).toBe(true);
    expect(server.rampAt(30_010, 10_000)).toBeCloseTo(0.1, 10);
    expect(server.isOut(30_010)).toBe(false);
  });

  it('has its failures forgotten when probes find it well again; those while it was out do not count', () => {
    server.countFailure(1);
    server.setHealth(false, 2);
    expect(server.countFailure(3)).toBe(0);
    server.setHealth(true, 4);
    expect(server.countFailure(3)).toBe(0);
    expect(server.countFailure(4)).toBe(1);
  });
});
