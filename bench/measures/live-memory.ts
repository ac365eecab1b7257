import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Server } from '../servers/server.ts';
import { within } from '../servers/within.ts';

const timeoutMs = 20_000;
const pollIntervalMs = 20;

/** What a server has to be started with so that `readLiveMb` works. */
export const tellsLiveMemory = {
  NODE_OPTIONS: `--expose-gc --import ${pathToFileURL(join(import.meta.dirname, 'print-live-memory.mjs')).href}`,
};

const findAnswers = (server: Server): string[] =>
  [...server.child.output().matchAll(/^live memory: (\d+)$/gm)].map(([, bytes = '']) => bytes);

const untilAnswered = async (server: Server, answersBefore: number): Promise<number> => {
  for (;;) {
    const last = findAnswers(server)[answersBefore];
    if (last !== undefined) return Number(last) / 1_000_000;
    if (server.child.hasExited()) throw new Error(`${server.child.name} ended:\n${server.child.output()}`);
    await delay(pollIntervalMs);
  }
};

/** Heap and buffers that are still in use after a forced collection, in MB. */
export const readLiveMb = async (server: Server): Promise<number | undefined> => {
  if (process.platform === 'win32' || server.child.pid === undefined) return undefined;
  const answersBefore = findAnswers(server).length;
  process.kill(server.child.pid, 'SIGUSR2');
  return within(timeoutMs, 'reading live memory', untilAnswered(server, answersBefore));
};
