import type { Finding, Results } from '../../bench/findings/results.ts';

const odd = `<b>"bars" & 'more'</b>`;

/** A run with all that may be drawn: names that are too long or are markup, doubts, figures of every size. */
export const throughput: Finding = {
  workload: `uncached ${odd}`,
  conditions: ['load by wrk, 64 connections', 'upstream: nginx'],
  charts: [
    {
      title: 'requests per second',
      unit: 'req/s',
      better: 'more',
      bars: [
        { name: 'app', value: 12_345, low: 11_000, high: 12_900 },
        { name: 'stock-nest', value: 2_500, low: 2_400, high: 2_600, note: 'app is × 4.94', verdict: 'reached' },
        { name: odd, value: 15_000, low: 9_000, high: 16_000, note: 'ratio refused', verdict: 'refused' },
        { name: 'a-subject-whose-name-has-no-end-and-does-not-fit', value: 0 },
      ],
    },
  ],
  targets: [
    { what: 'against stock-nest', value: 4.94, unit: '×', bound: 'at least', wanted: 4.5, doubts: [] },
    { what: `against ${odd}`, value: 0.81, unit: '×', bound: 'at least', wanted: 0.8, doubts: ['it was busy'] },
  ],
  doubts: ['odd: it was busy'],
};

export const weights: Finding = {
  workload: 'memory',
  conditions: [],
  charts: [{ title: 'resident', unit: 'KB', better: 'less', bars: [{ name: 'app', value: 0.034 }] }],
  targets: [{ what: 'per connection', value: 30, unit: 'KB', bound: 'at most', wanted: 15, doubts: [] }],
  doubts: [],
};

export const fakeResults: Results = {
  conditions: {
    ...{ measuredAt: '2026-11-22T08:09:10.000Z', node: 'v24.0.0', processor: 'Processor <1>', cores: 2 },
    ...{ load: 'wrk', connections: 64, rounds: 5, secondsPerRound: 2, isFull: false },
  },
  findings: [throughput, weights],
  figures: {},
};
