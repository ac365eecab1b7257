import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kind } from './evidence.ts';

/** Longest part of an output that is shown around a secret. */
const CONTEXT = 120;

/** One line for each output that holds a secret, plain, percent-encoded or in base64. */
export const findLeaks = async (folder: string): Promise<string[]> => {
  const [secrets, outputs] = await Promise.all([read(folder, 'secrets'), read(folder, 'outputs')]);
  const spellings = new Set([...new Set(secrets)].flatMap(toSpellings));
  const all = outputs.join('\n');
  return [...spellings].flatMap((spelling) => {
    const at = all.indexOf(spelling);
    return at < 0 ? [] : [`  ${all.slice(Math.max(0, at - CONTEXT), at)}>>> ${spelling.slice(0, 8)}… <<<`];
  });
};

const toSpellings = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('base64url'),
];

const read = async (folder: string, kind: Kind): Promise<string[]> => {
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${kind}-`));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.split('\n').filter(Boolean)).map((line) => JSON.parse(line) as string);
};
