import type { Bar, Target } from '../../findings/findings.ts';
import { formatWhole, toTable } from '../../findings/table.ts';
import { formatKb, tellsWeight, toKbEach, weigh, type Weight } from '../../measures/weight.ts';
import { httpGet } from '../../servers/http-get.ts';
import { byNode, type Program, type Subject } from '../../servers/program.ts';
import { startServer, startSubject, type Server } from '../../servers/server.ts';
import { app } from '../../subjects/app.ts';
import { upstreamCommand } from '../../upstreams/by-node.ts';
import type { Outcome, Plan, Workload } from '../../workload.ts';

interface Row {
  state: 'declared' | 'called once';
  /** How many the process has in all. */
  providers: number;
  /** Of each that this step added, in KB. */
  weight: Weight;
}

const steps = [200];
const stepsOfFullRun = [50, 200];
const wantedKb = 200;
// Before the first is weighed, so that what the engine compiles for calls does not count as a provider's.
const warmUpProviders = 10;
const declaredAtOnce = 25;
const warmUpRounds = 40;

const manyProviders: Subject = { ...app, command: byNode(import.meta.dirname, 'many-providers.ts') };

const upstreamsFor = (count: number): Program => ({
  name: 'upstreams',
  command: upstreamCommand('many'),
  readyPath: '/',
  env: { COUNT: String(count) },
});

const ask = async ({ origin }: Server, path: string): Promise<void> => {
  const { status, body } = await httpGet(`${origin}/api/v1/generated/${path}`);
  if (status !== 200 || body === '') throw new Error(`generated/${path}: ${status} ${body.slice(0, 500)}`);
};

// A few at a time, as no answer may take long.
const declare = async (server: Server, from: number, to: number): Promise<void> => {
  for (let count = from; count < to; count += declaredAtOnce)
    await ask(server, `up-to/${Math.min(count + declaredAtOnce, to)}`);
};

const callEach = async (server: Server, from: number, to: number): Promise<void> => {
  for (let index = from; index < to; index += 1) await ask(server, String(index));
};

const start = async (count: number): Promise<Server> => {
  const upstreams = await startServer(upstreamsFor(count));
  const origins = (await httpGet(upstreams.origin)).body;
  const server = await startSubject(manyProviders, upstreams, { ...tellsWeight, ORIGINS: origins });
  await declare(server, 0, warmUpProviders);
  for (let round = 1; round <= warmUpRounds; round += 1) await callEach(server, 0, warmUpProviders);
  return server;
};

const measureAll = async ({ isFull, progress }: Plan): Promise<Row[]> => {
  const counts = isFull ? stepsOfFullRun : steps;
  const server = await start(Math.max(...counts));
  const rows: Row[] = [];
  let known = warmUpProviders;
  for (const providers of counts) {
    const toEach = (before: Weight, after: Weight): Weight => toKbEach(before, after, providers - known);
    progress(`declaring and calling ${providers} providers`);
    const before = await weigh(server);
    await declare(server, known, providers);
    rows.push({ state: 'declared', providers, weight: toEach(before, await weigh(server)) });
    await callEach(server, known, providers);
    rows.push({ state: 'called once', providers, weight: toEach(before, await weigh(server)) });
    known = providers;
  }
  return rows;
};

const toTarget = ({ state, providers, weight }: Row, part: keyof Weight): Target => ({
  what: `${part} memory of each of ${providers} providers, ${state}`,
  value: weight[part] ?? NaN,
  unit: 'KB',
  bound: 'at most',
  wanted: wantedKb,
  doubts: weight[part] === undefined ? ['it cannot be measured here'] : [],
});

const toBar = ({ state, providers, weight }: Row): Bar => ({
  name: `${providers}, ${state}`,
  value: weight.resident ?? 0,
});

const toOutcome = (rows: Row[]): Outcome => ({
  report: toTable([
    ['', 'providers', 'live each', 'resident each', 'wanted'],
    ...rows.map(({ state, providers, weight }) => [
      ...[state, formatWhole(providers), formatKb(weight.live), formatKb(weight.resident), `<= ${wantedKb} KB`],
    ]),
  ]),
  figures: rows,
  doubts: [],
  charts: [{ title: 'Resident memory of a provider', unit: 'KB', better: 'less', bars: rows.map(toBar) }],
  targets: rows.flatMap((row) => [toTarget(row, 'live'), toTarget(row, 'resident')]),
});

/** What one more provider weighs: declared only, and called once. */
export const providers: Workload = {
  name: 'providers',
  subjects: [manyProviders],
  estimateSeconds: ({ isFull }) => (isFull ? 10 : 8),
  measure: async (plan) => toOutcome(await measureAll(plan)),
};
