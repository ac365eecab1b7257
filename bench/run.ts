import { refuseChildren, stopEveryChild } from './child-process.ts';
import { chooseLoadGenerator } from './choose-load-generator.ts';
import { writeJsonFile } from './json-file.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { requireBuilt, type Subject } from './subjects.ts';
import type { Outcome, Plan, Workload } from './workload.ts';

const progress = (text: string): void => void process.stderr.write(`${text}\n`);

const interruption = new AbortController();

const toText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Undefined, and told, when it failed: the other workloads may still have something to say. */
const runWorkload = async ({ name, measure }: Workload, plan: Plan): Promise<Outcome | undefined> => {
  progress(`\n${name}`);
  try {
    const outcome = await measure(plan);
    process.stdout.write(`\n${name}\n${outcome.report}\n`);
    if (outcome.doubts.length > 0) process.exitCode = 1;
    return outcome;
  } catch (error) {
    if (interruption.signal.aborted) throw error;
    progress(`${name} was not measured: ${toText(error)}`);
    process.exitCode = 1;
    return undefined;
  } finally {
    await stopEveryChild();
  }
};

const tellWhatIsLeftOut = ({ workloads, only }: BenchOptions): void => {
  const subjects = new Set(workloads.flatMap((workload) => workload.subjects));
  for (const { name, lacking } of subjects)
    if (lacking !== undefined && (only?.has(name) ?? true)) progress(`${name} is left out: ${lacking}`);
};

const bench = async (options: BenchOptions): Promise<void> => {
  const { only, jsonFile, connections, rounds, secondsPerRound } = options;
  const conditions = { load: chooseLoadGenerator(), connections, rounds, secondsPerRound, progress };
  progress(`load: ${conditions.load.name}, ${connections} connections, ${rounds} rounds of ${secondsPerRound} s`);
  const isWanted = ({ name, lacking }: Subject): boolean => lacking === undefined && (only?.has(name) ?? true);
  tellWhatIsLeftOut(options);
  const chosen = options.workloads
    .map((workload) => ({ workload, subjects: workload.subjects.filter(isWanted) }))
    .filter(({ subjects }) => subjects.length > 0);
  if (chosen.length === 0) throw new Error('--only and --workload leave nothing to measure: see bench/README.md');
  chosen.flatMap(({ subjects }) => subjects).forEach(requireBuilt);
  const figures: Record<string, object> = {};
  for (const { workload, subjects } of chosen) {
    const outcome = await runWorkload(workload, { ...conditions, subjects });
    if (outcome) figures[workload.name] = outcome.figures;
  }
  if (jsonFile !== undefined) await writeJsonFile(jsonFile, conditions, figures);
};

const stopAndExit = (): void => {
  interruption.abort();
  refuseChildren();
  void stopEveryChild().finally(() => process.exit(130));
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stopAndExit);

try {
  await bench(readOptions(process.argv.slice(2)));
} catch (error) {
  if (!interruption.signal.aborted) progress(toText(error));
  process.exitCode = interruption.signal.aborted ? 130 : 1;
} finally {
  refuseChildren();
  await stopEveryChild();
}
