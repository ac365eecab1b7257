import { type Bar, type Chart, type Target, toVerdict } from '../findings/findings.ts';
import { app } from '../subjects/app.ts';
import { pairRounds, type Ratio } from './ratio.ts';
import type { Summary } from './summary.ts';

/** A subject beside the app. */
export interface Standing {
  summary: Summary;
  /** The app's throughput divided by this subject's; undefined for the app itself, and where it was not measured. */
  ratio: Ratio | undefined;
  /** Why the ratio is refused; empty when it is not. */
  doubts: string[];
}

const toStanding = (summary: Summary, ofApp: Summary | undefined): Standing => {
  if (ofApp === undefined || ofApp === summary) return { summary, ratio: undefined, doubts: [] };
  const ratio = pairRounds(ofApp.requestsPerSecond, summary.requestsPerSecond);
  const doubts = [...ofApp.doubts.map((doubt) => `${app.name}: ${doubt}`), ...summary.doubts, ...ratio.doubts];
  return { summary, ratio, doubts };
};

export const toStandings = (summaries: Summary[]): Standing[] => {
  const ofApp = summaries.find(({ name }) => name === app.name);
  return summaries.map((summary) => toStanding(summary, ofApp));
};

const toTarget = ({ summary, ratio, doubts }: Standing): Target | undefined => {
  if (ratio === undefined || summary.wanted === undefined) return undefined;
  const what = `against ${summary.name}`;
  return { what, value: ratio.median, unit: '×', bound: 'at least', wanted: summary.wanted, doubts };
};

export const toComparisonTargets = (standings: Standing[]): Target[] =>
  standings.flatMap((standing) => toTarget(standing) ?? []);

const toNote = ({ summary, ratio, doubts }: Standing): string | undefined => {
  if (ratio === undefined) return undefined;
  if (doubts.length > 0) return 'ratio refused';
  const wanted = summary.wanted === undefined ? '' : `, wanted ≥ ${summary.wanted}`;
  return `app is × ${ratio.median.toFixed(2)}${wanted}`;
};

const toBar = (standing: Standing): Bar => {
  const { name, requestsPerSecond, medianRequestsPerSecond } = standing.summary;
  const target = toTarget(standing);
  return {
    name,
    value: medianRequestsPerSecond,
    low: Math.min(...requestsPerSecond),
    high: Math.max(...requestsPerSecond),
    note: toNote(standing),
    verdict: standing.doubts.length > 0 ? 'refused' : target && toVerdict(target),
  };
};

const toCpuBar = ({ summary: { name, cpuUsPerAnswer } }: Standing): Bar[] =>
  cpuUsPerAnswer === undefined ? [] : [{ name, value: cpuUsPerAnswer }];

const cpuTitle = 'time of the processors for an answer, user and kernel';

export const toComparisonCharts = (standings: Standing[]): Chart[] => {
  const cpuBars = standings.flatMap(toCpuBar);
  const throughput: Chart = {
    title: 'requests per second',
    unit: 'req/s',
    better: 'more',
    bars: standings.map(toBar),
  };
  return cpuBars.length === 0
    ? [throughput]
    : [throughput, { title: cpuTitle, unit: 'µs', better: 'less', bars: cpuBars }];
};
