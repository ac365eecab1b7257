import { access, constants, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { drawFinding } from './drawing/draw-finding.ts';
import { drawTargets } from './drawing/draw-targets.ts';
import type { Finding, Results } from './findings/results.ts';

/** Told before anything is measured, not minutes later. @throws Error naming what is wrong with the file */
export const requireWritable = async (file: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await access(dirname(file), constants.W_OK);
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory())
    throw new Error(`--json is '${file}', a folder: name a file, e.g. ${join(file, 'run.json')}`);
};

/** Figures and conditions, for `node bench/draw.ts` and whoever wants to reckon with them. */
export const writeResults = async (file: string, results: Results): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(results, undefined, 2)}\n`);
};

// The JSON file may be anybody's: no name in it leads out of the folder.
const toFileName = ({ workload }: Finding): string => `${workload.replace(/[^a-z\d-]+/gi, '-')}.svg`;

/** Writes one drawing for each workload that has bars, and one of all targets. @returns their names */
export const writeDrawings = async (folder: string, results: Results): Promise<string[]> => {
  const { findings, conditions } = results;
  const drawings = findings
    .filter(({ charts }) => charts.length > 0)
    .map((finding) => ({ name: toFileName(finding), svg: drawFinding(finding, conditions) }));
  if (findings.some(({ targets }) => targets.length > 0))
    drawings.push({ name: 'targets.svg', svg: drawTargets(findings, conditions) });
  await mkdir(folder, { recursive: true });
  for (const { name, svg } of drawings) await writeFile(join(folder, name), svg);
  return drawings.map(({ name }) => name);
};

/** Puts the results of this run in the place of the last one's. */
export const replaceResults = async (folder: string, results: Results): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  await writeResults(join(folder, 'results.json'), results);
  await writeDrawings(folder, results);
};
