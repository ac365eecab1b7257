import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { buildProvider, type BuiltProvider, type ProviderSetup } from '../../../test/support/build-provider.ts';
import { startFaultServer, type FaultServer } from '../../../test/upstreams/fault-server.ts';
import { path } from './path.ts';

const echo = z.object({
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
const answer = z.object({ ok: z.literal(true) });
let server: FaultServer;
let built: BuiltProvider;

beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());
afterEach(() => built.provider.close());

const build = (setup: ProviderSetup = {}): BuiltProvider => (built = buildProvider({ baseUrl: server.url, ...setup }));

describe('ApiClient', () => {
  it.each([
    ['get', 'GET', ''],
    ['delete', 'DELETE', '{"a":1}'],
    ['post', 'POST', '{"a":1}'],
    ['put', 'PUT', '{"a":1}'],
    ['patch', 'PATCH', '{"a":1}'],
  ] as const)('sends %s', async (verb, method, body) => {
    const { client } = build();
    const options = {
      answer: echo,
      query: { q: 'ä&b' },
      headers: { 'X-Team': 'harbour' },
      ...(body && { body: { a: 1 } }),
    };
    const seen = await client[verb](path`/echo/${'a/b'}`, options);
    expect(seen).toMatchObject({ method, path: '/echo/a%2Fb', body, headers: { 'x-team': 'harbour' } });
    expect(String(server.requestsSeen.at(-1)?.query)).toBe('q=%C3%A4%26b');
  });

  it('ignores the body without a schema, whatever it is', async () => {
    const { client } = build();
    expect(await client.get(path`/invalid-json`)).toBeUndefined();
    expect(await client.post(path`/wrong-content-type`)).toBeUndefined();
  });

  it('reads JSON that carries no label', async () => {
    expect(await build().client.get(path`/unlabelled-json`, { answer })).toEqual({ ok: true });
  });

  it('appends paths to that of the base URL, interceptors or not', async () => {
    const { client, http } = build({ baseUrl: `${server.url}/echo/v2/` });
    expect(await client.get(path`/things`, { answer: echo })).toMatchObject({ path: '/echo/v2/things' });
    http.axiosRef.interceptors.request.use((config) => ({ ...config, params: { key: 'k' } }));
    expect(await client.get(path`/things/${'a/b'}`, { answer: echo, query: { page: 2 } })).toMatchObject({
      path: '/echo/v2/things/a%2Fb',
    });
    expect(String(server.requestsSeen.at(-1)?.query)).toBe('page=2&key=k');
  });

  it('names calls by method and template, or by their operation', async () => {
    const { client, receipts } = build({ operations: { getThing: {} } });
    await client.get(path`/ok/${'s3cret'}`);
    await client.get(path`/ok/${'s3cret'}`, { operation: 'getThing' });
    expect(receipts.map(({ operation, template }) => [operation, template])).toEqual([
      ['GET /ok/{}', '/ok/{}'],
      ['getThing', '/ok/{}'],
    ]);
  });
});
