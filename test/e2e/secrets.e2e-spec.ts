import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, problemOf, type Answer } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { eventually } from '../support/eventually.ts';
import { startFaultServer, type FaultServer } from '../upstreams/fault-server.ts';
import { FAULT_NAMES } from '../upstreams/faults/all-faults.ts';
import { zipBombBytes } from '../upstreams/faults/zip-bomb-bytes.ts';
import { carelessProvider, caught, ownAxiosModule } from './secrets/careless.module.ts';
import { CALLERS, carelessHeaders, carelessQuery, expectNoSecrets, OURS } from './secrets/secrets.ts';

const STATUSES = [400, 401, 403, 404, 500, 503];
const FAULTS = [
  ...FAULT_NAMES.filter((name) => !['status', 'echo'].includes(name)),
  ...STATUSES.map((status) => `status/${status}`),
];

let upstream: FaultServer;
let breakwater: TestApp;

beforeAll(async () => {
  await zipBombBytes();
  upstream = await startFaultServer();
  const imports = [
    carelessProvider('faulty', upstream.url),
    carelessProvider('refused', upstream.refusedUrl),
    carelessProvider('untrusted', upstream.tlsUrl),
    ownAxiosModule(upstream.url),
  ];
  breakwater = await createApp({ imports, env: { LOG_LEVEL: 'trace', OPS_TOKEN: OURS.ops } });
});
afterAll(async () => {
  await breakwater.close();
  await upstream.close();
});

const careless = (path: string, method = 'GET'): Promise<Answer> =>
  ask(`${breakwater.url}${path}?${carelessQuery}`, {
    method,
    headers: { ...carelessHeaders, ...(method === 'POST' && { 'content-type': 'application/json' }) },
    ...(method === 'POST' && { body: JSON.stringify({ password: CALLERS.body, token: CALLERS.body }) }),
  });

/** The caller's own path is the one thing that a problem repeats to the caller, as its `instance`. */
const bodyOf = (answer: Answer): string => {
  if (answer.headers.get('content-type') !== 'application/problem+json') return answer.text;
  return JSON.stringify({ ...problemOf(answer), instance: undefined });
};

/** The last line of a request is its access log's; it may come later than the answer. */
const linesOf = async (answer: Answer): Promise<string[]> => {
  const id = answer.headers.get('x-request-id')!;
  const isLast = (line: string): boolean => line.includes(id) && line.includes('"msg":"request"');
  await eventually(() => expect(breakwater.logLines.some(isLast)).toBe(true));
  return breakwater.logLines.splice(0);
};

const expectNothingTold = async (answer: Answer): Promise<void> => {
  expectNoSecrets(bodyOf(answer));
  expectNoSecrets([...answer.headers]);
  expectNoSecrets(await linesOf(answer));
};

describe.each(['client', 'raw'])('no credential is told when a call through the %s meets', (way) => {
  it.each(FAULTS)('%s', async (fault) => {
    for (const method of ['GET', 'POST'])
      await expectNothingTold(await careless(`/api/v1/careless/faulty/${way}/${fault}`, method));
  });

  it.each(['refused', 'untrusted'])('an upstream that is %s', async (name) => {
    for (const method of ['GET', 'POST'])
      await expectNothingTold(await careless(`/api/v1/careless/${name}/${way}/ok`, method));
  });

  it('a path that is a token itself', async () => {
    await expectNothingTold(await careless(`/api/v1/careless/faulty/${way}/status/500/${CALLERS.path}`));
  });
});

describe('what the pipeline hands out', () => {
  it('were credentials: they did reach the upstream', () => {
    const seen = JSON.stringify(upstream.requestsSeen.map(({ query, ...rest }) => ({ ...rest, query: [...query] })));
    for (const name of ['authorization', 'cookie', 'apiKeyHeader', 'query', 'body'] as const)
      expect(seen).toContain(OURS[name]);
    expect(seen).toContain(Buffer.from(`service:${OURS.password}`).toString('base64'));
  });

  it('are receipts without any of them', () => {
    expect(breakwater.receipts.length).toBeGreaterThan(FAULTS.length);
    expectNoSecrets(breakwater.receipts);
  });

  it('are errors without any of them', () => {
    expect(caught.length).toBeGreaterThan(FAULTS.length);
    for (const error of caught) expectNoSecrets(error);
  });
});

describe('no credential is told when a feature', () => {
  it.each([
    ['throws the raw error of an axios of its own', 'throws'],
    ['throws an error caused by it', 'wraps'],
    ['throws an error that quotes a bearer token', 'quotes/bearer'],
    ['throws an error that quotes a URL with a token', 'quotes/query'],
    ['throws an error that quotes a URL with a password', 'quotes/user-info'],
    ['throws an error that quotes JSON with a password', 'quotes/json'],
    ['throws an object with headers in it', 'thrown-object'],
  ])('%s', async (_case, route) => {
    const answer = await careless(`/api/v1/own-axios/${route}`);
    expect(problemOf(answer)).toMatchObject({ status: 500, code: 'internal' });
    await expectNothingTold(answer);
  });

  it.each(['error', 'err', 'bare', 'fields', 'nest', 'nest-message'])(
    'logs such an error itself, by %s',
    async (how) => {
      const answer = await careless(`/api/v1/own-axios/logs/${how}`);
      expect(answer.status).toBe(200);
      const lines = await linesOf(answer);
      expect(lines.filter((line) => line.includes('"level":"error"')).length).toBe(1);
      expectNoSecrets(lines);
    },
  );
});

describe('no credential is told when we refuse a request ourselves:', () => {
  it.each([
    ['an unknown route', '/nowhere', 'GET'],
    ['an unknown route with a token in it', `/nowhere/${CALLERS.path}`, 'GET'],
    ['an unknown query', '/api/v1/pokemon', 'GET'],
    ['a name that is none', `/api/v1/pokemon/${CALLERS.path}.json`, 'GET'],
    ['a wrong method', '/api/v1/getCharizard', 'POST'],
    ['a wrong operators token', '/health/providers', 'GET'],
  ])('%s', async (_case, path, method) => {
    const answer = await careless(path, method);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    await expectNothingTold(answer);
  });

  it('a body that is not JSON', async () => {
    const body = `{"password": ${CALLERS.body}`;
    const headers = { 'content-type': 'application/json' };
    const answer = await ask(`${breakwater.url}/api/v1/careless/faulty/client/ok`, { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
    await expectNothingTold(answer);
  });
});
