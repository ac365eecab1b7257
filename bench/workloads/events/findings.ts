import type { Bar, Chart, Target } from '../../findings/findings.ts';
import type { EventsSummary } from './report.ts';

const toBar = ({ name, p50Ms, p50sMs, p99Ms }: EventsSummary): Bar => ({
  ...{ name, value: p50Ms, low: Math.min(...p50sMs), high: Math.max(...p50sMs) },
  note: `p99 ${p99Ms.toFixed(0)} ms`,
});

const toWeightBar = ({ name, weight: { live, resident } }: EventsSummary): Bar[] => {
  if (resident === undefined) return [];
  return [{ name, value: resident, note: live === undefined ? undefined : `live ${live.toFixed(1)} KB` }];
};

const toTargets = ({ wantedP99Ms, wantedKb, p99Ms, weight, doubts }: EventsSummary): Target[] => {
  const targets: Target[] = [];
  if (wantedP99Ms !== undefined)
    targets.push({ what: 'p99', value: p99Ms, unit: 'ms', bound: 'at most', wanted: wantedP99Ms, doubts });
  if (wantedKb !== undefined && weight.resident !== undefined) {
    const what = 'memory per listener';
    targets.push({ what, value: weight.resident, unit: 'KB', bound: 'at most', wanted: wantedKb, doubts: [] });
  }
  return targets;
};

export const toEventsFindings = (summaries: EventsSummary[]): { charts: Chart[]; targets: Target[] } => ({
  charts: [
    { title: 'p50 from publishing to each listener', unit: 'ms', better: 'less', bars: summaries.map(toBar) },
    { title: 'resident memory per listener', unit: 'KB', better: 'less', bars: summaries.flatMap(toWeightBar) },
  ],
  targets: summaries.flatMap(toTargets),
});
