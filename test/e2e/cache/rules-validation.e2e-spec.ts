import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OriginAnswer, OriginStep } from '../../upstreams/origin.stand-in.ts';
import { startProxiedOrigin, type ProxiedOrigin } from './proxied-origin.ts';

type Headers = NonNullable<OriginAnswer['headers']>;

const MODIFIED = 'Thu, 01 Jan 2015 00:00:00 GMT';
const FOR_A_MINUTE = { 'cache-control': 'max-age=60' };

let proxied: ProxiedOrigin;
beforeAll(async () => {
  proxied = await startProxiedOrigin();
});
afterAll(() => proxied.close());

/** A resource that has been asked for once, and is stale by now. */
const serveStale = async (first: Headers, ...later: OriginStep[]) => {
  const thing = proxied.origin.serve({ headers: { ...FOR_A_MINUTE, ...first }, body: 'stored' }, ...later);
  await proxied.get(thing);
  await proxied.pass(61);
  return thing;
};

const conditionsOf = ({ headers }: { readonly headers: Headers }) => [
  headers['if-none-match'],
  headers['if-modified-since'],
];

describe('what is stale is asked after', () => {
  it.each<[string, Headers, (string | undefined)[]]>([
    ['by its tag', { etag: '"1"' }, ['"1"', undefined]],
    ['by its weak tag', { etag: 'W/"1"' }, ['W/"1"', undefined]],
    ['by its date', { 'last-modified': MODIFIED }, [undefined, MODIFIED]],
    ['by both', { etag: '"1"', 'last-modified': MODIFIED }, ['"1"', MODIFIED]],
    ['by nothing, when it gave nothing to ask by', {}, [undefined, undefined]],
  ])('%s', async (_how, first, conditions) => {
    const thing = await serveStale(first, {});
    await proxied.get(thing);
    expect(conditionsOf(thing.requests[1]!)).toEqual(conditions);
  });

  it('whatever the caller asks by', async () => {
    const thing = await serveStale({ etag: '"1"' }, { status: 304 });
    const answer = await proxied.get(thing, { 'if-none-match': '"other"', 'if-modified-since': MODIFIED });
    expect(conditionsOf(thing.requests[1]!)).toEqual(['"1"', undefined]);
    expect([answer.status, answer.body]).toEqual([200, 'stored']);
  });

  it('every time, when the upstream says no-cache', async () => {
    const thing = await serveStale({ 'cache-control': 'no-cache, max-age=60', etag: '"1"' }, { status: 304 });
    for (const _ of [1, 2, 3]) expect((await proxied.get(thing)).body).toBe('stored');
    expect(thing.requests).toHaveLength(4);
  });
});

describe('a 304', () => {
  it('makes what is stored fresh again', async () => {
    const thing = await serveStale({ etag: '"1"' }, { status: 304 });
    const [validated, stored] = [await proxied.get(thing), await proxied.get(thing)];
    expect([validated, stored].map(({ status, body, headers }) => [status, body, headers.age])).toEqual([
      [200, 'stored', '0'],
      [200, 'stored', '0'],
    ]);
    expect(thing.requests).toHaveLength(2);
  });

  it('replaces the headers that it brings, and leaves the others and those of the body', async () => {
    const update = { 'x-a': 'new', 'x-c': 'added', 'content-type': 'x/new', 'cache-control': 'max-age=10' };
    const stored = { etag: '"1"', 'x-a': 'old', 'x-b': 'kept', 'content-type': 'text/plain' };
    const thing = await serveStale(stored, { status: 304, headers: update }, {});
    await proxied.get(thing);
    const { headers, body } = await proxied.get(thing);
    expect(headers).toMatchObject({ ...update, 'x-b': 'kept', 'content-type': 'text/plain', 'content-length': '6' });
    expect(body).toBe('stored');
    await proxied.pass(10);
    expect((await proxied.get(thing)).body).toBe('3');
  });

  it.each([
    ['of the same tag', '"1"', '"1"'],
    ['of the same tag, called weak', '"1"', 'W/"1"'],
  ])('%s is believed', async (_how, tag, named) => {
    const thing = await serveStale({ etag: tag }, { status: 304, headers: { etag: named } });
    expect([(await proxied.get(thing)).body, thing.requests.length]).toEqual(['stored', 2]);
  });

  it('of another tag is of something else: the whole is asked for', async () => {
    const thing = await serveStale({ etag: '"1"' }, { status: 304, headers: { etag: '"2"' } }, { body: 'whole' });
    expect((await proxied.get(thing)).body).toBe('whole');
    expect(conditionsOf(thing.requests[2]!)).toEqual([undefined, undefined]);
  });

  it('keeps nothing, when it says so', async () => {
    const noStore = { status: 304, headers: { 'cache-control': 'no-store' } };
    const thing = await serveStale({ etag: '"1"' }, noStore, { body: 'new' });
    expect([(await proxied.get(thing)).body, (await proxied.get(thing)).body]).toEqual(['stored', 'new']);
  });

  it('without a Date is of the time when it came', async () => {
    const headers = { ...FOR_A_MINUTE, date: undefined };
    const thing = await serveStale({ etag: '"1"' }, { status: 304, headers });
    await proxied.get(thing);
    expect([(await proxied.get(thing)).headers.age, thing.requests.length]).toEqual(['0', 2]);
  });

  it('that answers the caller’s own condition is passed on', async () => {
    const thing = proxied.origin.serve({ status: 304, headers: { etag: '"1"' } }, {});
    const answer = await proxied.get(thing, { 'if-none-match': '"1"' });
    expect([answer.status, thing.requests[0]!.headers['if-none-match']]).toEqual([304, '"1"']);
    expect((await proxied.get(thing)).status).toBe(200);
  });

  it('to HEAD makes what is stored fresh again, too', async () => {
    const thing = await serveStale({ etag: '"1"' }, { status: 304, headers: { 'x-a': 'new' } });
    const { status, headers, body } = await proxied.send('HEAD', thing);
    expect([status, headers['x-a'], headers['content-length'], body]).toEqual([200, 'new', '6', '']);
    expect([(await proxied.get(thing)).body, thing.requests.length]).toEqual(['stored', 2]);
  });
});

describe('a new answer', () => {
  it('takes the place of the old one', async () => {
    const thing = await serveStale({ etag: '"1"' }, { headers: { ...FOR_A_MINUTE, etag: '"2"' }, body: 'new' });
    expect([(await proxied.get(thing)).body, (await proxied.get(thing)).body]).toEqual(['new', 'new']);
    await proxied.pass(61);
    await proxied.get(thing);
    expect(conditionsOf(thing.requests[2]!)).toEqual(['"2"', undefined]);
  });

  it('ends the old one also when it may not be kept itself', async () => {
    const thing = await serveStale({ etag: '"1"' }, { headers: { 'cache-control': 'no-store' } }, {});
    await proxied.get(thing);
    await proxied.get(thing);
    expect(conditionsOf(thing.requests[2]!)).toEqual([undefined, undefined]);
  });
});
