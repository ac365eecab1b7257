import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startFaultServer, type FaultServer } from '../fault-server.ts';
import { callRaw } from './raw-client.ts';

let server: FaultServer;

beforeEach(async () => {
  server = await startFaultServer();
});
afterEach(() => server.close());

const call = (path: string, headers: Record<string, string> = {}) => callRaw(`${server.url}${path}`, headers);
const RESET = { text: '', errorCode: 'ECONNRESET' };

describe('sound answers', () => {
  it('are plain JSON under /ok', async () => {
    const response = await fetch(`${server.url}/ok/whatever?a=b`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ ok: true });
    expect(server.processed.byPath.get('/ok/whatever')).toBe(1);
  });

  it.each([
    ['known length', 'héllo'],
    ['unknown length', new Blob(['hé', 'llo']).stream()],
  ])('echo a body of %s', async (_, body) => {
    const init = { method: 'POST', body, duplex: 'half', headers: { 'x-mine': 'yes' } } as RequestInit;
    const response = await fetch(`${server.url}/echo/1`, init);
    expect(await response.json()).toMatchObject({
      method: 'POST',
      path: '/echo/1',
      headers: { 'x-mine': 'yes' },
      body: 'héllo',
    });
  });

  it('count per path', async () => {
    await fetch(`${server.url}/count/a`, { method: 'POST' });
    expect(await (await fetch(`${server.url}/count/a`)).json()).toEqual({ count: 2 });
    expect(await (await fetch(`${server.url}/count/b`)).json()).toEqual({ count: 1 });
    expect(server.processed.total).toBe(3);
  });

  it('take the time they are told to', async () => {
    const startedAtMs = performance.now();
    expect((await fetch(`${server.url}/slow?ms=40`)).status).toBe(200);
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(39);
  });

  it('can be the last one on their connection', async () => {
    const { text, errorCode } = await call('/close');
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n.*Connection: close\r\n\r\n\{"ok":true\}$/s);
    expect(errorCode).toBeUndefined();
  });

  it('have no body for HEAD', async () => {
    const response = await fetch(`${server.url}/ok`, { method: 'HEAD' });
    expect([response.headers.get('content-length'), await response.text()]).toEqual(['11', '']);
  });
});

describe('resets', () => {
  it('can come before the request has its effect', async () => {
    expect(await call('/reset-before')).toEqual(RESET);
    expect([server.received, server.processed.total]).toEqual([1, 0]);
    expect(server.aborted).toEqual([]);
  });

  it('can come after the effect, each time anew', async () => {
    expect(await call('/reset-after')).toEqual(RESET);
    expect(await call('/reset-after')).toEqual(RESET);
    expect(server.processed.byPath.get('/reset-after')).toBe(2);
  });

  it('spare the second attempt under the same idempotency key, which finds the stored result', async () => {
    const key = { 'Idempotency-Key': 'k-1' };
    expect(await call('/reset-after', key)).toEqual(RESET);
    expect((await call('/reset-after', key)).text).toContain('{"ok":true}');
    expect([server.executions('k-1'), server.processed.total, server.received]).toEqual([1, 1, 2]);
  });

  it('can strike the first request only', async () => {
    expect(await call('/reset-once')).toEqual(RESET);
    expect((await call('/reset-once/again')).text).toContain('200 OK');
    expect(server.processed.total).toBe(2);
  });
});

describe('idempotency keys', () => {
  it('have each effect run once and its result repeated', async () => {
    const send = async (key: string) => {
      const response = await fetch(`${server.url}/count`, { method: 'POST', headers: { 'idempotency-key': key } });
      return response.json();
    };
    expect(await send('one')).toEqual({ count: 1 });
    expect(await send('two')).toEqual({ count: 2 });
    expect(await send('one')).toEqual({ count: 1 });
    expect([server.executions('one'), server.executions('two'), server.executions('three')]).toEqual([1, 1, 0]);
  });
});
