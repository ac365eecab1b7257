import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import type { SemaphoreErrorForm } from '../../upstreams/semaphore/semaphore-handles.ts';
import { startCi, type CiScene } from './ci-scene.ts';

const ATTEMPTS = 3;

/** None of this is about how long one waits, and the breaker has tests of its own. */
const ENV = {
  SEMAPHORE_BACKOFF_BASE_MS: '1',
  SEMAPHORE_THROTTLED_BACKOFF_BASE_MS: '1',
  SEMAPHORE_BACKOFF_CAP_MS: '2',
  SEMAPHORE_BREAKER_MIN_ATTEMPTS: '1000000',
  SEMAPHORE_RETRY_BUDGET_TOKENS: '1000000',
  SEMAPHORE_MAX_ATTEMPTS: String(ATTEMPTS),
};

let breakwater: CiScene;
beforeAll(async () => {
  breakwater = await startCi({ env: ENV });
});
afterAll(() => breakwater.close());

const FORMS: readonly SemaphoreErrorForm[] = ['json-string', 'text', 'message', 'grpc'];

/** Status of Semaphore, what our caller is told, and how often a read is tried. */
const MAPPED = [
  [400, 502, 'upstream_rejected', 1],
  [401, 502, 'upstream_rejected', 1],
  [403, 502, 'upstream_rejected', 1],
  [404, 404, 'not_found', 1],
  [408, 504, 'upstream_timeout', ATTEMPTS],
  [409, 502, 'upstream_rejected', 1],
  [410, 404, 'not_found', 1],
  [422, 502, 'upstream_rejected', 1],
  [429, 503, 'upstream_throttled', ATTEMPTS],
  [500, 502, 'upstream_failed', ATTEMPTS],
  [503, 502, 'upstream_failed', ATTEMPTS],
] as const;

type Case = readonly [form: SemaphoreErrorForm, status: number, ours: number, code: string, attempts: number];

const CASES: Case[] = FORMS.flatMap((form) => MAPPED.map((mapped) => [form, ...mapped] as const));

describe('an error of Semaphore', () => {
  it.each(CASES)('as %s of status %i is %i %s after %i attempts', async (form, status, ours, code, attempts) => {
    const before = breakwater.semaphore.requests.length;
    breakwater.semaphore.failNext(status, form, attempts);
    const answer = await breakwater.get(`/workflows/${breakwater.semaphore.samples.workflowId}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([ours, 'application/problem+json']);
    expect(problemOf(answer)).toMatchObject({ status: ours, code });
    if (ours !== 404) expect(problemOf(answer).provider).toBe('semaphore');
    expect(breakwater.semaphore.requests).toHaveLength(before + attempts);
  });

  it.each(CASES.filter(([, status]) => ![400, 404, 410, 422, 429].includes(status)))(
    'to the start of a workflow, as %s of status %i, is %i %s and not tried again',
    async (form, status, ours, code) => {
      const before = breakwater.semaphore.requests.length;
      breakwater.semaphore.failNext(status, form);
      const { projectId } = breakwater.semaphore.samples;
      const answer = await breakwater.post('/workflows', { projectId, reference: 'refs/heads/main' });
      expect(problemOf(answer)).toMatchObject({ status: ours, code, provider: 'semaphore' });
      expect(breakwater.semaphore.requests).toHaveLength(before + 1);
    },
  );

  it.each([400, 422])(
    'with status %i, to a write whose content only Semaphore can judge, is the caller’s to mend',
    async (status) => {
      const { projectId, passedPipelineId } = breakwater.semaphore.samples;
      for (const form of FORMS) {
        breakwater.semaphore.failNext(status, form, 3);
        const run = breakwater.post('/workflows', { projectId, reference: 'refs/heads/mian' });
        expect(problemOf(await run)).toMatchObject({ code: 'invalid_request', errors: [{ field: 'reference' }] });
        const promotion = breakwater.post(`/pipelines/${passedPipelineId}/promotions`, { name: 'Lunch' });
        expect(problemOf(await promotion)).toMatchObject({ code: 'invalid_request', errors: [{ field: 'name' }] });
        const rebuild = breakwater.post(`/pipelines/${passedPipelineId}/rebuild`);
        expect(problemOf(await rebuild)).toMatchObject({ code: 'invalid_request', errors: [{ field: 'id' }] });
      }
    },
  );

  it('is told those on call in its own words, and nobody else', async () => {
    for (const form of FORMS) {
      breakwater.semaphore.failNext(422, form);
      await breakwater.get('/projects');
    }
    const told = (): string[] =>
      breakwater.logLines.filter((line) => line.includes('ended: status 422: Unprocessable'));
    await eventually(() => expect(told().length).toBeGreaterThanOrEqual(FORMS.length));
  });

  it('never shows what Semaphore said', async () => {
    for (const form of FORMS) {
      breakwater.semaphore.failNext(422, form);
      const { text } = await breakwater.get('/projects');
      expect(text).not.toContain('Unprocessable');
    }
  });
});

describe('a wrong token of ours', () => {
  it('is upstream_rejected, after one request', async () => {
    const wrong = await startCi({ env: { ...ENV, SEMAPHORE_TOKEN: 'not-the-token-of-semaphore' } });
    try {
      for (const path of ['/projects', '/jobs'])
        expect(problemOf(await wrong.get(path))).toMatchObject({ status: 502, code: 'upstream_rejected' });
      expect(wrong.semaphore.requests).toHaveLength(2);
      expect((await wrong.get('/projects')).text).not.toContain('not-the-token');
      expect(wrong.logLines.join('')).not.toContain('not-the-token');
    } finally {
      await wrong.close();
    }
  });
});
