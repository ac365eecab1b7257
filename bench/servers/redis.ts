import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild, type Child } from './child-process.ts';
import { findCommand } from './find-command.ts';
import { findFreePort } from './server.ts';
import { within } from './within.ts';

export interface Redis {
  child: Child;
  /** For REDIS_URL. */
  url: string;
}

const timeoutMs = 5_000;
const pollIntervalMs = 20;

export const redisFile = findCommand('redis-server');

/** What it was asked to do since its start, by all its clients, this question included. */
export const countRedisCommands = async ({ url }: Redis): Promise<number> => {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  socket.write('INFO stats\r\nQUIT\r\n');
  await within(timeoutMs, 'asking redis', once(socket, 'end'));
  return Number(/^total_commands_processed:(\d+)/m.exec(text)?.[1] ?? NaN);
};

const isListening = async (port: number): Promise<boolean> => {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

const untilListening = async (child: Child, port: number): Promise<void> => {
  while (!(await isListening(port))) {
    if (child.hasExited()) throw new Error(`${child.name} ended:\n${child.output()}`);
    await delay(pollIntervalMs);
  }
};

/** One that keeps nothing on disk. */
export const startRedis = async (): Promise<Redis> => {
  const port = await findFreePort();
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const keepsNothing = ['--save', '', '--appendonly', 'no', '--dir', folder];
  const child = startChild(
    'redis',
    redisFile ?? 'redis-server',
    [...['--port', String(port), '--bind', '127.0.0.1'], ...keepsNothing],
    { cleanUp: () => rm(folder, { recursive: true, force: true }) },
  );
  await within(timeoutMs, 'starting redis', untilListening(child, port));
  return { child, url: `redis://127.0.0.1:${port}` };
};
