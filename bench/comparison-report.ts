import { app } from './subjects.ts';
import type { Summary } from './summary.ts';
import { formatPercent, formatWhole, toTable } from './table.ts';

const toRatio = (summary: Summary, ofApp: Summary | undefined): string => {
  if (ofApp === undefined || ofApp === summary) return '–';
  if (ofApp.doubts.length + summary.doubts.length > 0) return 'refused';
  return `× ${(ofApp.medianRequestsPerSecond / summary.medianRequestsPerSecond).toFixed(2)}`;
};

const toRow = (summary: Summary, ofApp: Summary | undefined): string[] => [
  summary.name,
  formatWhole(summary.medianRequestsPerSecond),
  formatPercent(summary.spread),
  toRatio(summary, ofApp),
  summary.wanted === undefined ? '' : `≥ ${summary.wanted}`,
  formatWhole(summary.non2xx),
  summary.upstreamCallsPerAnswer.toFixed(2),
];

/** The figures as text for a terminal. */
export const toComparisonReport = (summaries: Summary[]): string => {
  const ofApp = summaries.find((summary) => summary.name === app.name);
  const header = ['', 'req/s', 'spread', 'app is', 'wanted', 'non-2xx', 'calls/answer'];
  const doubts = summaries.flatMap((summary) =>
    summary.doubts.map((doubt) => `no ratio for ${summary.name}: ${doubt}`),
  );
  return [toTable([header, ...summaries.map((summary) => toRow(summary, ofApp))]), ...doubts].join('\n');
};
