import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Results } from './findings/results.ts';
import { writeDrawings } from './results-folder.ts';

/** Draws a run again from its JSON file: `node bench/draw.ts results.json [folder]`; default: beside the file. */
const draw = async ([file, folder, ...more]: string[]): Promise<void> => {
  if (file === undefined || more.length > 0) throw new Error('usage: node bench/draw.ts <results.json> [folder]');
  const results = JSON.parse(await readFile(file, 'utf8')) as Partial<Results>;
  const { findings, conditions, figures = {} } = results;
  if (!findings || !conditions)
    throw new Error(`${file} has no findings: give the JSON file of a run of the benchmark`);
  const names = await writeDrawings(folder ?? dirname(file), { findings, conditions, figures });
  process.stdout.write(`${names.join('\n')}\n`);
};

try {
  await draw(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
