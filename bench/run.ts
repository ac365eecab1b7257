import { chooseLoadGenerator } from './choose-load-generator.ts';
import { stopEveryChild } from './child-process.ts';
import { writeJsonFile } from './json-file.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { toReport } from './report.ts';
import { checkAnswer, measureRound, type Round, type RoundPlan } from './rounds.ts';
import { startServer, type Server } from './server.ts';
import { measureStartup } from './startup.ts';
import { app, requireBuilt, upstream, type Subject } from './subjects.ts';
import { summarize, type Summary } from './summary.ts';

const warmUpSeconds = 4;

const progress = (text: string): void => void process.stderr.write(`${text}\n`);

const startSubject = (subject: Subject, plan: RoundPlan): Promise<Server> =>
  startServer(subject, { POKEAPI_URL: `${plan.upstream.origin}/api/v2` });

const startAll = async (plan: RoundPlan, chosen: Subject[]): Promise<Server[]> => {
  const servers: Server[] = [];
  for (const subject of chosen) {
    const server = await startSubject(subject, plan);
    await checkAnswer(server);
    servers.push(server);
  }
  return servers;
};

// However short the rounds: the compiler needs its time, and a second turn finds what a pause undoes.
const warmUp = async (plan: RoundPlan, servers: Server[]): Promise<void> => {
  for (const server of [...servers, ...servers]) {
    progress(`warming up ${server.child.name}`);
    await measureRound({ ...plan, secondsPerRound: warmUpSeconds }, server);
  }
};

const measure = async (plan: RoundPlan, servers: Server[], rounds: number): Promise<Summary[]> => {
  const measured = servers.map((server) => ({ server, results: [] as Round[] }));
  for (let round = 1; round <= rounds; round += 1) {
    for (const { server, results } of measured) {
      const result = await measureRound(plan, server);
      results.push(result);
      progress(`round ${round}/${rounds}  ${server.child.name}  ${result.requestsPerSecond.toFixed(0)} req/s`);
    }
  }
  for (const server of servers) await checkAnswer(server);
  return measured.map(({ server, results }) => summarize(server.child.name, results));
};

const bench = async (options: BenchOptions): Promise<void> => {
  const { chosen, connections, secondsPerRound } = options;
  chosen.forEach(requireBuilt);
  const load = chooseLoadGenerator();
  const plan: RoundPlan = { upstream: await startServer(upstream), load, connections, secondsPerRound };
  progress(`load: ${load.name}, ${connections} connections, ${options.rounds} rounds of ${secondsPerRound} s`);
  const startup = chosen.includes(app) ? await measureStartup(() => startSubject(app, plan)) : undefined;
  const servers = await startAll(plan, chosen);
  await warmUp(plan, servers);
  const summaries = await measure(plan, servers, options.rounds);
  process.stdout.write(`\n${toReport(summaries, startup)}\n`);
  if (options.jsonFile !== undefined) await writeJsonFile(options.jsonFile, plan, summaries, startup);
  if (summaries.some((summary) => summary.doubts.length > 0)) process.exitCode = 1;
};

const interruption = new AbortController();
const stopAndExit = (): void => {
  interruption.abort();
  void stopEveryChild().finally(() => process.exit(130));
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stopAndExit);

try {
  await bench(readOptions(process.argv.slice(2)));
} catch (error) {
  if (!interruption.signal.aborted) progress(error instanceof Error ? error.message : String(error));
  process.exitCode = interruption.signal.aborted ? 130 : 1;
} finally {
  await stopEveryChild();
}
