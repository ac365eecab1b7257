import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { withMemoryBackground } from '../../support/background.ts';
import { startSemaphore, type SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';
import { ADA, createGuardedApp, type GuardedApp } from '../authentication/known-callers.ts';

let semaphore: SemaphoreStandIn;
let breakwater: GuardedApp;
beforeAll(async () => {
  semaphore = await startSemaphore();
  const env = { SEMAPHORE_URL: semaphore.url, SEMAPHORE_TOKEN: semaphore.token, SEMAPHORE_BACKOFF_BASE_MS: '1' };
  breakwater = await createGuardedApp({ env, override: withMemoryBackground });
});
afterAll(async () => {
  await breakwater.close();
  await semaphore.close();
});

let key = '';
let before = { started: 0, promoted: 0, requests: 0 };
beforeEach(() => {
  key = `key-${Math.random()}`;
  const { started, promoted, requests } = semaphore;
  before = { started: started.length, promoted: promoted.length, requests: requests.length };
});
const started = () => semaphore.started.slice(before.started);
const requests = () => semaphore.requests.length - before.requests;

const post = (path: string, body?: object, more: Record<string, string> = {}): Promise<Answer> =>
  ask(`${breakwater.url}/api/v1/ci${path}`, {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${ADA}`, 'idempotency-key': key },
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...more,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
const run = (reference = 'refs/heads/main'): Promise<Answer> =>
  post('/workflows', { projectId: semaphore.samples.projectId, reference });

describe('a workflow that is run with a key', () => {
  it('is not run again after an answer that was lost, and the first failure stands', async () => {
    semaphore.loseNextAnswer();
    const answers = [await run(), await run()];
    expect(answers.map((answer) => problemOf(answer).code)).toEqual(['upstream_unreachable', 'upstream_unreachable']);
    expect([started().length, requests()]).toEqual([1, 1]);
  });

  it('is run after a refusal of Semaphore', async () => {
    semaphore.failNext(429, 'text');
    expect((await run()).status).toBe(503);
    expect(started()).toHaveLength(0);
    expect((await run()).status).toBe(202);
    expect(started()).toHaveLength(1);
  });

  it('is run once by fifty requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => run()));
    expect([started().length, requests()]).toEqual([1, 1]);
    for (const answer of answers) expect([202, 409]).toContain(answer.status);
    expect(jsonOf<{ id: string }>(await run()).id).toBe(started()[0]!.id);
  });

  it('is not another one with that key', async () => {
    await run();
    expect(problemOf(await run('refs/heads/other')).code).toBe('idempotency_mismatch');
    expect(started()).toHaveLength(1);
  });
});

it('a promotion with a key is made once', async () => {
  const { passedPipelineId, promotion } = semaphore.samples;
  const promote = () => post(`/pipelines/${passedPipelineId}/promotions`, { name: promotion });
  const [first, second] = [await promote(), await promote()];
  expect([first.status, second.status, second.text]).toEqual([202, 202, first.text]);
  expect(semaphore.promoted.length - before.promoted).toBe(1);
});

it('a stop with a key reaches Semaphore once', async () => {
  const path = `/jobs/${semaphore.samples.jobId}/stop`;
  expect([(await post(path)).status, (await post(path)).status, requests()]).toEqual([202, 202, 1]);
});
