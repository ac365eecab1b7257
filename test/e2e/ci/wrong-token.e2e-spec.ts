import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { problemOf } from '../../support/ask.ts';
import { ciRoutes } from './ci-routes.ts';
import { startCi, type CiScene } from './ci-scene.ts';

const WRONG = 'not-the-token-of-semaphore';

let breakwater: CiScene;
beforeAll(async () => {
  breakwater = await startCi({ env: { SEMAPHORE_TOKEN: WRONG, SEMAPHORE_BREAKER_MIN_ATTEMPTS: '1000000' } });
});
afterAll(() => breakwater.close());

it('with a wrong token of ours every route is upstream_rejected, after one request to Semaphore', async () => {
  for (const { method, path, body } of ciRoutes(breakwater.semaphore.samples)) {
    const before = breakwater.semaphore.requests.length;
    const answer = await (method === 'GET' ? breakwater.get(path) : breakwater.post(path, body));
    expect([path, problemOf(answer)]).toMatchObject([path, { status: 502, code: 'upstream_rejected' }]);
    expect([path, breakwater.semaphore.requests.length - before]).toEqual([path, 1]);
    expect(answer.text).not.toContain(WRONG);
  }
});
