import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { problemOf } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { listenLocally } from '../../upstreams/stand-in.ts';
import { startCi, type CiScene } from './ci-scene.ts';

let breakwater: CiScene;
let asked: number;
let close: () => Promise<void>;
afterEach(() => close());

const start = async (answer: RequestListener, env: Readonly<Record<string, string>>): Promise<void> => {
  asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  const listening = await listenLocally(server);
  breakwater = await startCi({
    env: { SEMAPHORE_URL: `http://127.0.0.1:${listening.port}`, SEMAPHORE_MAX_ATTEMPTS: '1', ...env },
  });
  close = async () => {
    await breakwater.close();
    await listening.close();
  };
};

const hang: RequestListener = () => undefined;
const fail: RequestListener = (_request, response) => void response.writeHead(500).end('"Internal error"');

describe('a Semaphore', () => {
  it('that does not answer is upstream_timeout', async () => {
    await start(hang, { SEMAPHORE_ATTEMPT_TIMEOUT_MS: '200' });
    expect(problemOf(await breakwater.get('/projects'))).toMatchObject({ status: 504, code: 'upstream_timeout' });
  });

  it('that fails again and again is left alone for a while: circuit_open', async () => {
    await start(fail, { SEMAPHORE_BREAKER_MIN_ATTEMPTS: '3' });
    for (let failures = 0; failures < 3; failures += 1)
      expect(problemOf(await breakwater.get('/projects'))).toMatchObject({ code: 'upstream_failed' });
    const answer = await breakwater.get('/jobs');
    expect(problemOf(answer)).toMatchObject({ status: 503, code: 'circuit_open', provider: 'semaphore' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(asked).toBe(3);
  });

  it('that has as many calls as it may is asked for no more: overloaded', async () => {
    await start(hang, { SEMAPHORE_MAX_CONCURRENT: '1', SEMAPHORE_MAX_QUEUED: '0' });
    const first = breakwater.get('/projects').catch(() => undefined);
    await eventually(() => expect(asked).toBe(1));
    expect(problemOf(await breakwater.get('/jobs'))).toMatchObject({ status: 503, code: 'overloaded' });
    expect(asked).toBe(1);
    await close();
    close = () => Promise.resolve();
    await first;
  });
});
