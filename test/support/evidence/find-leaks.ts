import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kind } from './evidence.ts';
import { findAny } from './find-any.ts';

/** Longest part of an output that is shown before a secret, in bytes. */
const CONTEXT = 120;

/** One line for each secret that any output holds, plain, percent-encoded or in base64. */
export const findLeaks = async (folder: string): Promise<string[]> => {
  const [secrets, outputs] = await Promise.all([read(folder, 'secrets'), read(folder, 'outputs')]);
  const spellings = [...new Set(secrets)].flatMap(toSpellings);
  const all = Buffer.from(outputs.join('\n'));
  const found = findAny(all, [...new Set(spellings)]);
  return [...found].map(([spelling, at]) => {
    const before = all.subarray(Math.max(0, at - CONTEXT), at).toString();
    return `  ${before}>>> ${spelling.slice(0, 8)}… <<<`;
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
