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

const halfOpen = async (): Promise<void> => {
  openUp();
  await clock.advance(circuit.opensForMs);
};

const passes = (count: number): (Pass | undefined)[] => Array.from({ length: count }, () => circuit.tryPass());

describe('Circuit, half open', () => {
  beforeEach(halfOpen);

  it('lets a few probes through at once, and no more', () => {
    expect(passes(5).map((pass) => pass !== undefined)).toEqual([true, true, true, false, false]);
  });

  it('does not count the places of successful probes as free', () => {
    attempts(2, 'success');
    expect(passes(2).map((pass) => pass !== undefined)).toEqual([true, false]);
  });

  it('closes when all probes succeed, and not before', () => {
    attempts(2, 'success');
    expect(circuit.state).toBe('half_open');
    attempts(1, 'success');
    expect(circuit.state).toBe('closed');
  });

  it('opens again at the first probe that fails', () => {
    attempts(2, 'success');
    attempts(1, 'failure');
    expect([circuit.state, circuit.tryPass()]).toEqual(['open', undefined]);
  });

  it('gives the place of a cancelled probe to another', () => {
    const [first] = passes(3);
    expect(circuit.tryPass()).toBeUndefined();
    circuit.record(first!, 'nothing', false);
    expect(passes(2).map((pass) => pass !== undefined)).toEqual([true, false]);
  });

  it('ignores probes of an earlier half-open time', async () => {
    const [one, other] = passes(2);
    circuit.record(one!, 'failure', false);
    await clock.advance(circuit.opensForMs);
    expect(circuit.tryPass()).toBeDefined();
    circuit.record(other!, 'failure', false);
    expect(circuit.state).toBe('half_open');
    circuit.record(other!, 'success', false);
    expect(passes(3).map((pass) => pass !== undefined)).toEqual([true, true, false]);
  });

  it('remembers nothing of the bad times once it has closed', () => {
    attempts(3, 'success');
    attempts(9, 'failure');
    expect(circuit.state).toBe('closed');
  });
});
