import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallReceipt } from '../../src/outbound/index.ts';
import { ask, jsonOf, problemOf, type Answer } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { probe } from '../support/probe.module.ts';
import { startFaultServer, type FaultServer } from '../upstreams/fault-server.ts';
import { FAULT_NAMES } from '../upstreams/faults/all-faults.ts';

const PATIENCE = {
  attemptTimeoutMs: 200,
  callDeadlineMs: 900,
  backoffBaseMs: 2,
  throttledBackoffBaseMs: 2,
  maxResponseBytes: 65_536,
};
const operations = { create: { method: 'POST', idempotencyKey: true } } as const;

let upstream: FaultServer;
let breakwater: TestApp;

beforeAll(async () => {
  upstream = await startFaultServer();
  const provider = (name: string, baseUrl: string) =>
    probe(name, { ...PATIENCE, baseUrl, operations, breakerMinAttempts: 1_000_000 });
  const imports = [provider('orders', upstream.url), provider('refused', upstream.refusedUrl)];
  breakwater = await createApp({ imports });
});
afterAll(async () => {
  await breakwater.close();
  await upstream.close();
});

const post = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(`${breakwater.url}/api/v1/probe/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"amount":1}',
  });

const requestsTo = (path: string) => upstream.requestsSeen.filter((request) => request.path === path);
const lastReceipt = (): CallReceipt => breakwater.receipts.at(-1)!;

describe('a POST whose connection is reset after it was processed', () => {
  it('is executed once: nobody can know whether it was', async () => {
    const answer = await post('orders/reset-after/plain');
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_unreachable' });
    expect(upstream.processed.byPath.get('/reset-after/plain')).toBe(1);
    expect(requestsTo('/reset-after/plain').length).toBe(1);
    expect(lastReceipt().decisions.join()).toContain('POST without an idempotency key may have been processed');
  });

  it('is retried with the same key where the upstream honours keys, and executed once', async () => {
    const answer = await post('orders/reset-after/keyed', { 'x-operation': 'create' });
    expect([answer.status, jsonOf(answer)]).toEqual([200, { ok: true }]);
    const requests = requestsTo('/reset-after/keyed');
    const keys = new Set(requests.map(({ headers }) => headers['idempotency-key']));
    expect([requests.length, keys.size]).toEqual([2, 1]);
    expect(requests.map(({ body }) => body)).toEqual(['{"amount":1}', '{"amount":1}']);
    expect(upstream.executions([...keys][0]!)).toBe(1);
    expect(upstream.processed.byPath.get('/reset-after/keyed')).toBe(1);
  });

  it("is retried under a key of the caller's own choosing", async () => {
    const answer = await post('orders/reset-after/own', { 'idempotency-key': 'order-4711' });
    expect(answer.status).toBe(200);
    expect(requestsTo('/reset-after/own').map(({ headers }) => headers['idempotency-key'])).toEqual([
      'order-4711',
      'order-4711',
    ]);
    expect(upstream.executions('order-4711')).toBe(1);
  });

  it('gets another key for another call', async () => {
    await post('orders/echo/keys', { 'x-operation': 'create' });
    await post('orders/echo/keys', { 'x-operation': 'create' });
    const keys = requestsTo('/echo/keys').map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
    expect(keys).not.toContain(undefined);
  });
});

describe('a GET whose connection is reset', () => {
  it('is retried', async () => {
    const answer = await ask(`${breakwater.url}/api/v1/probe/orders/reset-once/get`);
    expect(answer.status).toBe(200);
    expect(requestsTo('/reset-once/get').length).toBe(2);
  });
});

describe('a POST on a refused connection', () => {
  it('is retried: nothing was sent', async () => {
    const answer = await post('refused/anything');
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_unreachable' });
    expect(lastReceipt().attempts.length).toBe(3);
    expect(lastReceipt().decisions.filter((decision) => decision.includes('nothing was sent')).length).toBe(2);
  });
});

describe.each(FAULT_NAMES)('a POST without a key that meets %s', (fault) => {
  it('reaches the upstream once', async () => {
    const path = `/${fault}${fault === 'status' ? '/503' : ''}`;
    const before = requestsTo(path).length;
    await post(`orders${path}`);
    expect(requestsTo(path).length).toBe(before + 1);
  });
});
