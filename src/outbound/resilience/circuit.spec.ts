import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildOptions } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { Circuit, type Outcome, type Pass } from './circuit.ts';

/** A failure ratio of 0.5 over at least 10 of 30 s; 0.8 slow of at least 20; open 5 s to 60 s; 3 probes. */
const options = buildOptions();
let clock: FakeClock;
let circuit: Circuit;

beforeEach(() => {
  clock = new FakeClock();
  circuit = new Circuit(options, clock, () => 1);
});

const attempts = (count: number, outcome: Outcome, isSlow = false): void => {
  for (let attempt = 0; attempt < count; attempt += 1) circuit.record(circuit.tryPass()!, outcome, isSlow);
};

const openUp = (): void => attempts(10, 'failure');

const passes = (count: number): (Pass | undefined)[] => Array.from({ length: count }, () => circuit.tryPass());

describe('Circuit, closed', () => {
  it('stays closed below its least number of attempts, whatever they tell', () => {
    attempts(9, 'failure');
    expect(circuit.state).toBe('closed');
    attempts(1, 'failure');
    expect(circuit.state).toBe('open');
  });

  it('opens by ratio, not by number', () => {
    attempts(51, 'success');
    attempts(50, 'failure');
    expect(circuit.state).toBe('closed');
    attempts(1, 'failure');
    expect(circuit.state).toBe('open');
  });

  it('opens when it is slow for long enough, although all is answered', () => {
    attempts(19, 'success', true);
    expect(circuit.state).toBe('closed');
    attempts(1, 'success', true);
    expect(circuit.state).toBe('open');
  });

  it('stays closed below its share of slow attempts', () => {
    attempts(21, 'success');
    attempts(79, 'success', true);
    expect(circuit.state).toBe('closed');
  });

  it('learns nothing from cancelled attempts', () => {
    attempts(100, 'nothing', true);
    attempts(9, 'failure');
    expect(circuit.state).toBe('closed');
  });

  it('forgets failures that have left the window', async () => {
    attempts(9, 'failure');
    await clock.advance(30_000);
    attempts(9, 'failure');
    expect(circuit.state).toBe('closed');
  });
});

describe('Circuit, open', () => {
  it('lets nothing through until its time is over', async () => {
    openUp();
    expect([circuit.tryPass(), circuit.opensForMs]).toEqual([undefined, 5_000]);
    await clock.advance(4_999);
    expect([circuit.tryPass(), circuit.opensForMs]).toEqual([undefined, 1]);
    await clock.advance(1);
    expect(circuit.tryPass()).toBeDefined();
    expect(circuit.state).toBe('half_open');
  });

  it('doubles its time with each failed probe up to a cap, and begins anew after it has closed', async () => {
    const openTimes: number[] = [];
    openUp();
    for (let round = 0; round < 6; round += 1) {
      openTimes.push(circuit.opensForMs);
      await clock.advance(circuit.opensForMs);
      attempts(1, 'failure');
    }
    expect(openTimes).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    await clock.advance(60_000);
    attempts(3, 'success');
    openUp();
    expect(circuit.opensForMs).toBe(5_000);
  });

  it.each([
    [0, 4_000],
    [0.5, 4_500],
    [1, 5_000],
  ])('draws its time from the last fifth of it (jitter %d)', (random, expectedMs) => {
    circuit = new Circuit(options, clock, () => random);
    openUp();
    expect(circuit.opensForMs).toBe(expectedMs);
  });

  it('ignores what attempts of the time before tell now', async () => {
    const late = passes(20);
    openUp();
    for (const pass of late) circuit.record(pass!, 'success', false);
    expect([circuit.state, circuit.opensForMs]).toEqual(['open', 5_000]);
  });
});
