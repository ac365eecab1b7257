import type { Startup } from './startup.ts';
import { app } from './subjects.ts';
import type { Summary } from './summary.ts';

const wholeNumber = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

const toRatio = (summary: Summary, ofApp: Summary | undefined): string => {
  if (ofApp === undefined || ofApp === summary) return '–';
  if (ofApp.doubts.length + summary.doubts.length > 0) return 'refused';
  return `× ${(ofApp.medianRequestsPerSecond / summary.medianRequestsPerSecond).toFixed(2)}`;
};

const toRow = (summary: Summary, ofApp: Summary | undefined): string[] => [
  summary.name,
  wholeNumber.format(summary.medianRequestsPerSecond),
  `${(summary.spread * 100).toFixed(0)} %`,
  toRatio(summary, ofApp),
  wholeNumber.format(summary.non2xx),
  summary.upstreamCallsPerAnswer.toFixed(2),
];

const toTable = (rows: string[][]): string => {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const toLine = ([name = '', ...figures]: string[]): string =>
    [name.padEnd(width(0)), ...figures.map((figure, index) => figure.padStart(width(index + 1)))].join('   ');
  return rows.map(toLine).join('\n');
};

const toStartupLines = (startup: Startup | undefined): string[] => {
  if (startup === undefined) return [];
  const memory = startup.idleMemoryMb;
  return [
    `app, start to ready: ${wholeNumber.format(startup.startToReadyMs)} ms (median of 3 starts)`,
    `app, resident memory when idle: ${memory === undefined ? 'not measured here' : `${memory.toFixed(0)} MB`}`,
  ];
};

/** The figures as text for a terminal. */
export const toReport = (summaries: Summary[], startup: Startup | undefined): string => {
  const ofApp = summaries.find((summary) => summary.name === app.name);
  const header = ['', 'req/s', 'spread', 'app is', 'non-2xx', 'calls/answer'];
  const doubts = summaries.flatMap((summary) =>
    summary.doubts.map((doubt) => `no ratio for ${summary.name}: ${doubt}`),
  );
  const table = toTable([header, ...summaries.map((summary) => toRow(summary, ofApp))]);
  return [table, '', ...toStartupLines(startup), ...doubts].join('\n').trimEnd();
};
