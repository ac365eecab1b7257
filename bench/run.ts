import { join } from 'node:path';
import type { Choice } from './choose-workloads.ts';
import { estimateSeconds, formatDuration } from './estimate.ts';
import { describeConditions, toFailedFinding, toFinding, type Results } from './findings/results.ts';
import { toTargetsReport } from './findings/targets-report.ts';
import { chooseLoadGenerator } from './load/choose-generator.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { replaceResults, requireWritable, writeResults } from './results-folder.ts';
import { stopEveryChild } from './servers/child-process.ts';
import { isInterrupted, runCleanly, toText } from './servers/run-cleanly.ts';
import { requireBuilt } from './subjects/app.ts';
import type { Plan, Workload } from './workload.ts';
import { workloads } from './workloads.ts';

const progress = (text: string): void => void process.stderr.write(`${text}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

const latestFolder = join(import.meta.dirname, 'results', 'latest');

/** What failed is told, and kept: the other workloads may still have something to say. */
const runWorkload = async ({ name, measure }: Workload, plan: Plan, results: Results): Promise<void> => {
  progress(`\n${name}`);
  try {
    const outcome = await measure(plan);
    print([`\n${name}`, ...(outcome.conditions ?? []), outcome.report].join('\n'));
    if (outcome.doubts.length > 0) process.exitCode = 1;
    results.findings.push(toFinding(name, outcome));
    results.figures[name] = outcome.figures;
  } catch (error) {
    if (isInterrupted()) throw error;
    progress(`${name} was not measured: ${toText(error)}`);
    process.exitCode = 1;
    results.findings.push(toFailedFinding(name, toText(error)));
  } finally {
    await stopEveryChild();
  }
};

const tellWhatIsLeftOut = (choices: readonly Choice[]): void => {
  const reasons = choices.flatMap(({ lacking }) => lacking.map(({ name, lacking: reason }) => `${name}: ${reason}`));
  for (const reason of new Set(reasons)) progress(`left out: ${reason}`);
};

const tellHowLong = (choices: readonly Choice[], conditions: Omit<Plan, 'subjects'>): void => {
  const { load, connections, rounds, secondsPerRound } = conditions;
  progress(`load: ${load.name}, ${connections} connections, ${rounds} rounds of ${secondsPerRound} s`);
  const duration = formatDuration(estimateSeconds(choices, conditions));
  progress(`${choices.map(({ workload }) => workload.name).join(', ')}: about ${duration}`);
};

const measureAll = async (choices: readonly Choice[], conditions: Omit<Plan, 'subjects'>): Promise<Results> => {
  const results: Results = { conditions: describeConditions(conditions), findings: [], figures: {} };
  for (const { workload, subjects } of choices) await runWorkload(workload, { ...conditions, subjects }, results);
  return results;
};

const bench = async (options: BenchOptions): Promise<void> => {
  const { choices, jsonFile, ...figures } = options;
  const conditions = { load: chooseLoadGenerator(), ...figures, progress };
  if (jsonFile !== undefined) await requireWritable(jsonFile);
  tellWhatIsLeftOut(choices);
  choices.flatMap(({ subjects }) => subjects).forEach(requireBuilt);
  tellHowLong(choices, conditions);
  const results = await measureAll(choices, conditions);
  print(`\n${toTargetsReport(results.findings)}`);
  await replaceResults(latestFolder, results);
  if (jsonFile !== undefined) await writeResults(jsonFile, results);
  progress(`drawn in ${latestFolder}`);
};

await runCleanly(() => bench(readOptions(process.argv.slice(2), workloads)));
