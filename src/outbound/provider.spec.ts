import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildProvider } from '../../test/support/build-provider.ts';
import { rejectionOf } from '../../test/support/rejection-of.ts';
import { startFaultServer, type FaultServer } from '../../test/upstreams/fault-server.ts';
import { path } from './http/path.ts';

let server: FaultServer;

beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

describe('Provider', () => {
  it('answers not_configured without a URL, by ApiClient as by HttpService', async () => {
    const { client, http, provider, receipts } = buildProvider({});
    const off = { code: 'not_configured', sent: false, transient: false };
    expect(await rejectionOf(client.get(path`/things`))).toMatchObject(off);
    expect(await rejectionOf(http.axiosRef.get('/things', { params: { page: 1 } }))).toMatchObject(off);
    expect(await rejectionOf(http.axiosRef.get('https://evil.example/things'))).toMatchObject(off);
    expect([provider.status.isConfigured, provider.origin, receipts]).toEqual([false, undefined, []]);
    await provider.close();
  });

  it('remembers an operation of a template, and none of its values', () => {
    const { provider } = buildProvider({});
    const resolved = provider.operation('GET', '/things/{}');
    expect(provider.operation('GET', '/things/{}')).toBe(resolved);
    expect(provider.operation('PUT', '/things/{}')).not.toBe(resolved);
    expect(provider.operation('GET', '/others/{}')).not.toBe(resolved);
  });

  it('refuses an operation that nobody declared', () => {
    const { provider } = buildProvider({ operations: { getThing: {} } });
    expect(provider.operation('GET', '/things', 'getThing').name).toBe('getThing');
    expect(() => provider.operation('GET', '/things', 'getThings')).toThrow('declares no operation "getThings"');
  });

  it('refuses calls at once while it is isolated, although all places are taken', async () => {
    const { provider, client } = buildProvider({ baseUrl: server.url, maxConcurrent: 1, maxAttempts: 1 });
    const hanging = rejectionOf(client.get(path`/hang`));
    await new Promise(setImmediate);
    provider.isolate();
    const refused = { code: 'circuit_open', reason: 'isolated by an operator', sent: false };
    expect(await rejectionOf(client.get(path`/json`))).toMatchObject(refused);
    expect(provider.status).toMatchObject({ isIsolated: true, circuit: 'open', attemptsInFlight: 1 });
    provider.reset();
    expect(provider.status).toMatchObject({ isIsolated: false, circuit: 'closed' });
    await provider.close();
    await hanging;
  });

  it('tells how it is doing', async () => {
    const { provider, client } = buildProvider({ baseUrl: server.url, breakerMinAttempts: 1, maxAttempts: 1 });
    expect(provider.status).toEqual({
      name: 'fixture',
      isConfigured: true,
      circuit: 'closed',
      isIsolated: false,
      attemptsInFlight: 0,
      attemptsWaiting: 0,
      retryBudgetTokens: 500,
    });
    const hanging = rejectionOf(client.get(path`/hang`));
    await new Promise(setImmediate);
    expect(provider.status.attemptsInFlight).toBe(1);
    await provider.close();
    await hanging;
    expect(provider.status).toMatchObject({ circuit: 'open', attemptsInFlight: 0 });
  });

  it('ends its connections when it is closed, busy ones included', async () => {
    const { provider, client } = buildProvider({ baseUrl: server.url, maxAttempts: 1 });
    const { received } = server;
    const hanging = rejectionOf(client.get(path`/hang/close`));
    while (server.received === received) await new Promise(setImmediate);
    await provider.close();
    expect(await hanging).toMatchObject({ code: 'upstream_unreachable' });
    await server.whenAborted('/hang/close');
  });
});
