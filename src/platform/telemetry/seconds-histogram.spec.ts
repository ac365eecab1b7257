import { afterEach, describe, expect, it } from '@jest/globals';
import { diag } from '@opentelemetry/api';
import { captureLog } from '../../../test/support/captured-log.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { Histograms } from './histograms.ts';
import { MAX_SERIES } from './max-series.ts';
import type { SecondsHistogram } from './seconds-histogram.ts';
import { tellDiagnostics } from './tell-diagnostics.ts';

const create = ({ readers = 1 } = {}): SecondsHistogram<['shore', 'height']> => {
  const histograms = new Histograms(new FakeClock());
  for (let reader = 0; reader < readers; reader += 1) histograms.addReader();
  return histograms.create('swell', 'How long', ['shore', 'height']);
};

/** What the first of those who read it is told. */
const told = (swell: SecondsHistogram<['shore', 'height']>) =>
  [...swell].map((series) => ({ attributes: series.attributes, ...series.read(0) })).filter(({ count }) => count > 0);

afterEach(() => diag.disable());

describe('SecondsHistogram', () => {
  it('has one series for the same labels, and another for others', () => {
    const swell = create();
    const series = swell.series('north', 1);
    expect(swell.series('north', 1)).toBe(series);
    for (const other of [swell.series('south', 1), swell.series('north', 2), swell.series('north', undefined)])
      expect(other).not.toBe(series);
  });

  it('takes nothing for what it only looks like', () => {
    const swell = create();
    const all = [swell.series('1', 1), swell.series('1', undefined), swell.series('1', 'undefined')];
    expect(new Set([...all, swell.series(undefined, 1), swell.series('__proto__', 1)]).size).toBe(5);
  });

  it('bears the labels that have a value, in their order', () => {
    const swell = create();
    swell.series('north', 1).record(1);
    swell.series(undefined, 2).record(1);
    const labels = told(swell).map(({ attributes }) => Object.entries(attributes));
    expect(labels).toEqual([
      [
        ['shore', 'north'],
        ['height', 1],
      ],
      [['height', 2]],
    ]);
  });

  it.each([
    [0, 0],
    [0.005, 0],
    [0.0051, 1],
    [30, 14],
    [30.1, 15],
  ])('counts %d s in the bucket %d, whose bound belongs to it', (seconds, bucket) => {
    const swell = create();
    swell.series('north', 1).record(seconds);
    const counts = Array.from({ length: 16 }, (_, place) => (place === bucket ? 1 : 0));
    expect(told(swell)).toMatchObject([{ counts, count: 1, sum: seconds, min: seconds, max: seconds }]);
  });

  it.each([NaN, -0.001, -Infinity, Infinity, '3', undefined])(
    'leaves out what is no duration, and says so: %p',
    (value) => {
      const { log, lines } = captureLog();
      tellDiagnostics(log);
      const swell = create();
      for (const seconds of [2, value, value, 1]) swell.series('north', 1).record(seconds as number);
      expect(told(swell)).toMatchObject([{ count: 2, sum: 3, min: 1, max: 2 }]);
      expect(lines).toEqual([expect.stringContaining('histogram swell')]);
    },
  );

  it(`has ${MAX_SERIES} series at most, the last one for all the others`, () => {
    const swell = create();
    for (let height = 0; height < MAX_SERIES + 1_000; height += 1) swell.series('north', height).record(1);
    const series = told(swell);
    expect(series.length).toBe(MAX_SERIES);
    expect(series.at(-1)).toMatchObject({ attributes: { 'otel.metric.overflow': true }, count: 1_001 });
    // Who was there before is not lost.
    expect(swell.series('north', 0)).toBe([...swell][0]);
  });

  it('keeps nothing when nobody reads it', () => {
    const swell = create({ readers: 0 });
    for (let height = 0; height < 10; height += 1) swell.series('north', height).record(1);
    expect([...swell].length).toBe(1);
  });
});
