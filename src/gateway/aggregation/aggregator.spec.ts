import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startAggregate, type AggregateServer, type AggregateSetup } from '../../../test/support/aggregate-server.ts';
import { ask } from '../../../test/support/ask.ts';
import { buildCaller } from '../../../test/support/build-caller.ts';
import {
  startOrigin,
  type OriginStandIn,
  type OriginStep,
  type Resource,
} from '../../../test/upstreams/origin.stand-in.ts';

let origin: OriginStandIn;
let opened: { close(): Promise<void> }[];
beforeEach(async () => {
  origin = await startOrigin();
  opened = [origin];
});
afterEach(() => Promise.all(opened.map((one) => one.close())));

const start = async (setup: AggregateSetup): Promise<AggregateServer> => {
  const server = await startAggregate(setup);
  opened.push(server);
  return server;
};

const part = ({ path }: Resource) => ({ url: origin.url, path });

/** One of two parts that answer JSON texts, all else as the route says. */
const startTwo = (bodies: readonly [string, string], setup: Partial<AggregateSetup> = {}): Promise<AggregateServer> => {
  const [b, a] = bodies.map((body) => part(origin.serve({ body }))) as [never, never];
  return start({ parts: { b, a }, ...setup });
};

describe('what is merged', () => {
  it('stands in the order of the file, whoever answers first', async () => {
    const [slow, fast] = [origin.serve({ body: '1', latencyMs: 50 }), origin.serve({ body: '2' })];
    const { url } = await start({ parts: { slow: part(slow), fast: part(fast) } });
    const answer = await ask(url);
    expect(answer.text).toBe('{"slow":1,"fast":2,"missing":[]}');
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it.each([
    ['12345678901234567890.10', '1e400'],
    ['{"a":1,"a":2}', '"\\ud800"'],
    ['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{}}}'],
    [' [1, 2]\n', '"Flabébé"'],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'null'],
  ])('is as the upstream wrote it: %.40s', async (b, a) => {
    const { url } = await startTwo([b, a]);
    expect((await ask(url)).text).toBe(`{"b":${b},"a":${a},"missing":[]}`);
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  });

  it('loses a byte order mark, which may stand nowhere but at the beginning', async () => {
    const { url } = await startTwo(['\uFEFF{"b":1}', '{"a":1}']);
    expect((await ask(url)).text).toBe('{"b":{"b":1},"a":{"a":1},"missing":[]}');
  });

  it('is asked for by HEAD as by GET', async () => {
    const asked = origin.serve({ body: '{"ok":true}' });
    const { url } = await start({ parts: { only: part(asked) } });
    const [head, get] = [await ask(url, { method: 'HEAD' }), await ask(url)];
    expect(asked.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(String(get.text.length));
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
  });

  it('is answered as our own answers are: with a tag, 304, compressed', async () => {
    const { url } = await startTwo([`"${'x'.repeat(5_000)}"`, '1']);
    const answer = await ask(url, { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.text).toHaveLength(5_000 + '{"b":"","a":1,"missing":[]}'.length);
    const again = await ask(url, { headers: { 'if-none-match': answer.headers.get('etag')! } });
    expect([again.status, again.text]).toEqual([304, '']);
  });
});

const varyOf = async (url: string): Promise<string[]> => (await ask(url)).headers.get('vary')!.split(/, */).sort();

describe('how long it may be kept', () => {
  const cached = (maxAge: number, own: object = {}): OriginStep => ({
    body: '{}',
    headers: { 'cache-control': `max-age=${maxAge}`, ...own },
  });
  const startCached = (steps: readonly OriginStep[], setup: Partial<AggregateSetup> = {}): Promise<AggregateServer> => {
    const [first, second] = steps.map((step) => part(origin.serve(step))) as [never, never];
    return start({ parts: { first, second }, ...setup });
  };
  const GONE = { 'cache-control': 'max-age=60', vary: 'x-tenant' };
  const shared = { route: { cache: 'shared' } } as const;

  it('is not at all unless the route has a cache', async () => {
    const { url } = await startCached([cached(60), cached(60)]);
    expect((await ask(url)).headers.get('cache-control')).toBe('no-store');
    expect(await varyOf(url)).toEqual(['accept-encoding']);
  });

  it('is as long as all parts may be', async () => {
    const { url } = await startCached([cached(600), cached(60)], shared);
    const [miss, hit] = [await ask(url), await ask(url)];
    expect(miss.headers.get('cache-control')).toMatch(/^public, max-age=(60|59)$/);
    expect(hit.headers.get('cache-status')).toMatch(/^fixture; hit; ttl=\d+, fixture; hit; ttl=\d+$/);
    expect(hit.text).toBe(miss.text);
  });

  it('is not at all while a part is missing that will be back', async () => {
    const parts = { first: part(origin.serve(cached(60))), down: { url: 'http://127.0.0.1:1', required: false } };
    const { url } = await start({ parts, ...shared });
    expect((await ask(url)).headers.get('cache-control')).toBe('no-store');
  });

  it('is as long as the upstream says that a part is not there', async () => {
    const gone = { ...part(origin.serve({ status: 404, headers: GONE })), required: false };
    const { url } = await start({ parts: { first: part(origin.serve(cached(600))), gone }, ...shared });
    const { headers } = await ask(url);
    expect(headers.get('cache-control')).toMatch(/^public, max-age=(60|59)$/);
    expect(headers.get('vary')).toContain('x-tenant');
  });

  it('is for the caller alone where one is known', async () => {
    const { url } = await startCached([cached(60), cached(60)], { ...shared, caller: buildCaller() });
    const { headers } = await ask(url);
    expect(headers.get('cache-control')).toMatch(/^private, /);
    expect(headers.get('vary')).toContain('Authorization');
  });

  it('depends on what the parts depend on, but for what is said by us', async () => {
    const steps = [cached(60, { vary: 'Accept-Language, Accept' }), cached(60, { vary: 'accept-language,X-Tenant' })];
    const { url } = await startCached(steps, shared);
    expect(await varyOf(url)).toEqual(['accept-encoding', 'accept-language', 'x-tenant']);
  });
});
