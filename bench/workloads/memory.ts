import type { Chart, Target } from '../findings/findings.ts';
import { formatWhole, toTable } from '../findings/table.ts';
import { createCallers } from '../load/callers.ts';
import { readLiveMb, tellsLiveMemory } from '../measures/live-memory.ts';
import { readResidentMb } from '../measures/resident-memory.ts';
import { startServer, startSubject, type Server } from '../servers/server.ts';
import { app } from '../subjects/app.ts';
import { upstreamFor } from '../upstreams/by-node.ts';
import { countUpstreamCalls } from '../upstreams/count-calls.ts';
import type { Outcome, Workload } from '../workload.ts';

/** In MB; undefined where it cannot be measured. */
interface Weight {
  resident: number | undefined;
  live: number | undefined;
}

interface Growth {
  before: Weight;
  after: Weight;
}

interface Figures {
  stored: Growth;
  /** Under the same load, with nothing to store. */
  notStored: Growth;
  doubts: string[];
}

const entries = 10_000;
const answerBytes = 5_120;
const callerCount = 16;
const wantedMb = 90;
// Enough: nothing is collected without work, so a longer wait shows the same (tried up to 30 s).
const settleMs = 3_000;
const names = Array.from({ length: entries }, (_, index) => `pokemon-${index}`);
const sample = names.filter((_, index) => index % 10 === 0);

const fetchAll = async ({ origin }: Server, wanted: readonly string[]): Promise<void> => {
  const left = [...wanted];
  const callers = createCallers(origin, callerCount);
  try {
    await callers.inquire({ pauseMs: 0, next: () => left.pop() });
  } finally {
    await callers.close();
  }
};

const countForgotten = async (upstream: Server, server: Server): Promise<number> => {
  const callsBefore = await countUpstreamCalls(upstream);
  await fetchAll(server, sample);
  return (await countUpstreamCalls(upstream)) - callsBefore;
};

const startPair = async (cacheControl: string): Promise<{ upstream: Server; server: Server }> => {
  const upstream = await startServer(upstreamFor({ cacheControl, answerBytes }));
  const env = { ...tellsLiveMemory, CACHE_MAX_ENTRIES: String(entries) };
  return { upstream, server: await startSubject(app, upstream, env) };
};

// In this order: the collection must not tidy up before the resident memory is read.
const weigh = async (server: Server): Promise<Weight> => ({
  resident: await readResidentMb(server, settleMs),
  live: await readLiveMb(server),
});

const measureAll = async (): Promise<Figures> => {
  const { upstream, server } = await startPair('public, max-age=86400');
  const { server: otherServer } = await startPair('no-store');
  const [before, otherBefore] = await Promise.all([weigh(server), weigh(otherServer)]);
  // One after the other: a collector that gets no processor lets the heap grow.
  for (const each of [server, otherServer]) await fetchAll(each, names);
  const [after, otherAfter] = await Promise.all([weigh(server), weigh(otherServer)]);
  const forgotten = await countForgotten(upstream, server);
  const doubts = forgotten === 0 ? [] : [`${forgotten} of ${sample.length} keys were not stored any more`];
  return { stored: { before, after }, notStored: { before: otherBefore, after: otherAfter }, doubts };
};

const formatMb = (value: number | undefined): string =>
  value === undefined ? 'not measured here' : `${value.toFixed(0)} MB`;

const subtract = (from: number | undefined, amount: number | undefined): number | undefined =>
  from === undefined || amount === undefined ? undefined : from - amount;

const toGrowth = ({ before, after }: Growth): Weight => ({
  resident: subtract(after.resident, before.resident),
  live: subtract(after.live, before.live),
});

const toRow = (name: string, growth: Growth): string[] => {
  const { resident, live } = toGrowth(growth);
  return [name, ...[growth.before.resident, growth.after.resident, resident, live].map(formatMb)];
};

const toReport = ({ stored, notStored, doubts }: Figures): string => {
  const [more, less] = [toGrowth(stored), toGrowth(notStored)];
  const differences = [subtract(more.resident, less.resident), subtract(more.live, less.live)];
  const table = toTable([
    ['', 'before', 'after', 'growth', 'live growth', 'wanted'],
    [...toRow('10,000 answers of 5 KB, stored', stored), `< ${wantedMb} MB`],
    toRow('the same load, nothing stored', notStored),
    ['difference', '', '', ...differences.map(formatMb)],
  ]);
  return [table, ...doubts].join('\n');
};

const toTarget = ({ stored, doubts }: Figures): Target => ({
  what: `live memory of ${formatWhole(entries)} answers of 5 KB`,
  value: toGrowth(stored).live ?? NaN,
  unit: 'MB',
  bound: 'at most',
  wanted: wantedMb,
  doubts,
});

const toChart = ({ stored, notStored }: Figures): Chart => ({
  title: 'growth of live memory',
  unit: 'MB',
  better: 'less',
  bars: [
    { name: `${formatWhole(entries)} answers stored`, value: toGrowth(stored).live ?? NaN },
    { name: 'the same, nothing stored', value: toGrowth(notStored).live ?? NaN },
  ],
});

const toOutcome = (figures: Figures): Outcome => ({
  report: toReport(figures),
  figures,
  doubts: figures.doubts,
  charts: [toChart(figures)],
  targets: [toTarget(figures)],
});

/** What a full cache weighs, beside what the same load leaves behind when nothing is stored. */
export const memory: Workload = {
  name: 'memory',
  subjects: [app],
  fullOnly: true,
  estimateSeconds: () => 30,
  measure: async ({ progress }) => {
    progress(`fetching ${entries} answers of ${answerBytes} bytes`);
    return toOutcome(await measureAll());
  },
};
