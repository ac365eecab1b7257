import { startChild } from '../servers/child-process.ts';
import { within } from '../servers/within.ts';
import type { LoadGenerator, LoadResult } from './load-generator.ts';

const graceMs = 15_000;
// As autocannon's own.
const timeout = '10s';

const findNumber = (output: string, pattern: RegExp): number | undefined => {
  const text = pattern.exec(output)?.[1];
  return text === undefined ? undefined : Number(text);
};

const toSocketErrors = (output: string): number => {
  const line = /Socket errors: (.*)/.exec(output)?.[1] ?? '';
  return (line.match(/\d+/g) ?? []).reduce((sum, count) => sum + Number(count), 0);
};

const toLoadResult = (output: string): LoadResult => {
  const requestsPerSecond = findNumber(output, /Requests\/sec:\s+([\d.]+)/);
  const answers = findNumber(output, /(\d+) requests in/);
  if (requestsPerSecond === undefined || answers === undefined) throw new Error(`wrk gave no figures:\n${output}`);
  const non2xx = findNumber(output, /Non-2xx or 3xx responses: (\d+)/) ?? 0;
  return { requestsPerSecond, answers, non2xx, socketErrors: toSocketErrors(output) };
};

export const wrkLoad: LoadGenerator = {
  name: 'wrk',
  run: async (url, connections, seconds) => {
    const child = startChild('wrk', 'wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', timeout, url]);
    await within(seconds * 1_000 + graceMs, 'wrk', child.exited);
    return toLoadResult(child.output());
  },
};
