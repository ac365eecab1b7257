import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFaultServer, type FaultServer } from '../fault-server.ts';

let server: FaultServer;

beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

const call = (path: string, init?: RequestInit) => fetch(server.url + path, init);

describe('refusals', () => {
  it.each([201, 204, 304, 400, 401, 403, 404, 408, 500, 501, 502, 503, 504, 599])('/status/%i', async (status) => {
    const response = await call(`/status/${status}`);
    expect(response.status).toBe(status);
    await response.text();
    expect(server.processed.byPath.has(`/status/${status}`)).toBe(status < 300);
  });

  it.each(['/status', '/status/700', '/status/100', '/status/teapot'])('%s is no status to ask for', async (path) => {
    expect((await call(path)).status).toBe(400);
  });

  it('repeat every secret they were sent', async () => {
    const headers = { authorization: 'Bearer a-secret', cookie: 'session=b-secret', 'x-api-key': 'c-secret' };
    const text = await (await call('/status/500?token=d%2Dsecret', { headers })).text();
    for (const secret of ['Bearer a-secret', 'session=b-secret', 'c-secret', 'd-secret'])
      expect(text).toContain(secret);
  });

  it.each([
    ['/throttled-seconds', 429],
    ['/unavailable-seconds', 503],
  ])('%s asks for two seconds', async (path, status) => {
    const response = await call(path);
    expect([response.status, response.headers.get('retry-after')]).toEqual([status, '2']);
  });

  it.each([
    ['/throttled-date', 429],
    ['/unavailable-date', 503],
  ])('%s names a time within the next two seconds', async (path, status) => {
    const beforeMs = Date.now();
    const response = await call(path);
    const atMs = Date.parse(response.headers.get('retry-after') ?? '');
    expect(response.status).toBe(status);
    expect(atMs).toBeGreaterThan(beforeMs + 999);
    expect(atMs).toBeLessThanOrEqual(Date.now() + 2000);
  });

  it('/flapping fails as often as it is told, for each path anew', async () => {
    const statuses = async (path: string) => {
      const answers: number[] = [];
      while (answers.at(-1) !== 200) answers.push((await call(path)).status);
      return answers;
    };
    expect(await statuses('/flapping?fail=3')).toEqual([503, 503, 503, 200]);
    expect(await statuses('/flapping/other?fail=1')).toEqual([503, 200]);
    expect((await call('/flapping/third?fail=1')).headers.get('retry-after')).toBeNull();
  });
});
