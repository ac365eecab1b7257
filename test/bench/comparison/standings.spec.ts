import { describe, expect, it } from '@jest/globals';
import { toComparisonReport } from '../../../bench/comparison/report.ts';
import type { Round } from '../../../bench/comparison/rounds.ts';
import { toComparisonCharts, toComparisonTargets, toStandings } from '../../../bench/comparison/standings.ts';
import { summarize, type Summary } from '../../../bench/comparison/summary.ts';
import { toVerdict } from '../../../bench/findings/findings.ts';
import { app } from '../../../bench/subjects/app.ts';
import { peer } from '../../../bench/subjects/peer.ts';

const answerBytes = 2_000;

const roundOf = (requestsPerSecond: number, round: Partial<Round>): Round => ({
  requestsPerSecond,
  answers: 1_000,
  non2xx: 0,
  socketErrors: 0,
  upstreamCalls: 1_000,
  cpuMs: 50,
  ...round,
});

const appAt = (figures: number[], round: Partial<Round> = {}): Summary =>
  summarize(
    { subject: app },
    figures.map((figure) => roundOf(figure, round)),
    answerBytes,
  );

const peerAt = (figures: number[], round: Partial<Round> = {}): Summary =>
  summarize(
    { subject: peer('slow'), wanted: 2 },
    figures.map((figure) => roundOf(figure, round)),
    answerBytes,
  );

const judge = (ours: Summary, theirs: Summary): unknown =>
  toComparisonTargets(toStandings([ours, theirs])).map((target) => [target.value, toVerdict(target)]);

describe('a comparison', () => {
  it('says whether the ratio is what is wanted', () => {
    expect(judge(appAt([200, 400]), peerAt([100, 200]))).toEqual([[2, 'reached']]);
    expect(judge(appAt([190, 380]), peerAt([100, 200]))).toEqual([[1.9, 'missed']]);
  });

  it.each<[string, Summary, Summary]>([
    ['either answered with errors', appAt([200, 200], { non2xx: 1 }), peerAt([100, 100])],
    ['either lost connections', appAt([200, 200]), peerAt([100, 100], { socketErrors: 1 })],
    ['either answered without a call', appAt([200, 200], { upstreamCalls: 900 }), peerAt([100, 100])],
    ['rounds disagree', appAt([200, 200]), peerAt([100, 60])],
  ])('refuses the ratio when %s', (_, ours, theirs) => {
    expect(judge(ours, theirs)).toEqual([[expect.any(Number), 'refused']]);
    const report = toComparisonReport(toStandings([ours, theirs]));
    expect(report).toContain('no ratio for slow: ');
    expect(report).not.toMatch(/^slow.*×/m);
  });

  it('refuses the ratio of one who asked for what it had stored', () => {
    const ours = summarize({ subject: app, callsInAll: 1 }, [roundOf(200, { upstreamCalls: 1 })], answerBytes);
    const theirs = summarize(
      { subject: peer('slow'), wanted: 2, callsInAll: 1 },
      [roundOf(9, { upstreamCalls: 0 })],
      answerBytes,
    );
    expect(judge(ours, theirs)).toEqual([[expect.any(Number), 'refused']]);
  });

  it('has no ratio where the app was not measured', () => {
    const standings = toStandings([peerAt([100, 60])]);
    expect(toComparisonTargets(standings)).toEqual([]);
    expect(standings.flatMap(({ doubts }) => doubts)).toEqual([]);
  });

  it('has a bar for each subject from the least of its rounds to the greatest', () => {
    const [chart, ofCpu] = toComparisonCharts(toStandings([appAt([200, 210, 240]), peerAt([100, 105, 120])]));
    expect(chart?.bars.map(({ name, value, low, high }) => [name, value, low, high])).toEqual([
      ['app', 210, 200, 240],
      ['slow', 105, 100, 120],
    ]);
    expect(ofCpu?.bars).toEqual([
      { name: 'app', value: 50 },
      { name: 'slow', value: 50 },
    ]);
    expect(chart?.bars[1]).toMatchObject({ note: 'app is × 2.00, wanted ≥ 2', verdict: 'reached' });
  });

  it('tells ratios, their range and the time of the processors', () => {
    const report = toComparisonReport(toStandings([appAt([200, 240]), peerAt([100, 100])]));
    expect(report).toMatch(/^slow +100 +0 % +× 2\.20 +2\.00 – 2\.40 +≥ 2 +reached +0 +1\.00 +50$/m);
  });
});
