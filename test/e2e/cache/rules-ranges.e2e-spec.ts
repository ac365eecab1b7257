import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Resource } from '../../upstreams/origin.stand-in.ts';
import { startProxiedOrigin, type ProxiedAnswer, type ProxiedOrigin } from './proxied-origin.ts';

const BODY = '0123456789';
const FRESH = { 'cache-control': 'max-age=60', etag: '"1"' };

let proxied: ProxiedOrigin;
beforeAll(async () => {
  proxied = await startProxiedOrigin();
});
afterAll(() => proxied.close());

const serveStored = async (headers = {}): Promise<Resource> => {
  const thing = proxied.origin.serve({ headers: { ...FRESH, ...headers }, body: BODY }, { status: 599 });
  await proxied.get(thing);
  return thing;
};

const askFor = async (range: string, headers = {}): Promise<ProxiedAnswer> =>
  proxied.get(await serveStored(), { range, ...headers });

describe('a part of what is stored', () => {
  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=8-', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=0-', BODY, 'bytes 0-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', BODY, 'bytes 0-9/10'],
  ])('is cut out: %s is %s', async (range, body, contentRange) => {
    const answer = await askFor(range);
    expect([answer.status, answer.body]).toEqual([206, body]);
    expect(answer.headers).toMatchObject({
      ...FRESH,
      'content-range': contentRange,
      'content-length': String(body.length),
      age: '0',
    });
  });

  it.each([
    'bytes=0-1,3-4',
    'bytes=5-4',
    'bytes=-',
    'bytes=',
    'bytes=a-b',
    'lines=1-2',
    'bytes',
    '',
    `bytes=0-${'9'.repeat(40)}`,
  ])('is the whole, for %s', async (range) => {
    const answer = await askFor(range);
    expect([answer.status, answer.body, answer.headers['content-range']]).toEqual([200, BODY, undefined]);
  });

  it.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('does not exist: %s', async (range) => {
    const answer = await askFor(range);
    expect([answer.status, answer.body, answer.headers['content-range']]).toEqual([416, '', 'bytes */10']);
    expect(answer.headers['content-length']).toBe('0');
  });

  it('is not wanted by who has the whole', async () => {
    expect((await askFor('bytes=0-1', { 'if-none-match': '"1"' })).status).toBe(304);
  });

  it('is none of the headers', async () => {
    const thing = await serveStored();
    const { status, headers } = await proxied.send('HEAD', thing, { range: 'bytes=0-1' });
    expect([status, headers['content-length']]).toEqual([200, '10']);
  });

  it('is left to the upstream when it depends on what the caller has', async () => {
    const thing = await serveStored();
    thing.answer({ status: 206, headers: { 'content-range': 'bytes 0-1/10' }, body: '01' });
    const answer = await proxied.get(thing, { range: 'bytes=0-1', 'if-range': '"1"' });
    expect([answer.status, answer.body, thing.requests[1]!.headers['if-range']]).toEqual([206, '01', '"1"']);
  });

  it('of an error is the whole error', async () => {
    const thing = proxied.origin.serve({ status: 404, headers: FRESH, body: BODY });
    await proxied.get(thing);
    expect(await proxied.get(thing, { range: 'bytes=0-1' })).toMatchObject({ status: 404, body: BODY });
    expect(thing.requests).toHaveLength(1);
  });
});

describe('a part that comes from the upstream', () => {
  const part = { status: 206, headers: { ...FRESH, 'content-range': 'bytes 0-1/10' }, body: '01' };

  it('is passed on, and never taken for the whole', async () => {
    const thing = proxied.origin.serve(part, part, { headers: FRESH, body: BODY });
    const range = { range: 'bytes=0-1' };
    const answers = [await proxied.get(thing, range), await proxied.get(thing, range), await proxied.get(thing)];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [206, '01'],
      [206, '01'],
      [200, BODY],
    ]);
    expect(thing.requests.map(({ headers }) => headers.range)).toEqual(['bytes=0-1', 'bytes=0-1', undefined]);
  });

  it('is not taken for the whole by others who ask at the same time', async () => {
    const thing = proxied.origin.serve(({ headers }) => ({
      ...(headers.range ? part : { headers: FRESH, body: BODY }),
      latencyMs: 50,
    }));
    const asked = [{ range: 'bytes=0-1' }, {}, { range: 'bytes=0-1' }, {}];
    const answers = await Promise.all(asked.map((headers) => proxied.get(thing, headers)));
    expect(answers.map(({ status }) => status)).toEqual([206, 200, 206, 200]);
  });

  it('is kept when it is the whole all the same', async () => {
    const thing = proxied.origin.serve({ headers: FRESH, body: BODY });
    expect((await proxied.get(thing, { range: 'bytes=0-1' })).body).toBe(BODY);
    expect(await proxied.get(thing, { range: 'bytes=0-1' })).toMatchObject({ status: 206, body: '01' });
    expect(thing.requests).toHaveLength(1);
  });

  it('leaves what is stored, stale as it is', async () => {
    const thing = await serveStored();
    await proxied.pass(61);
    thing.answer(part);
    expect(await proxied.get(thing, { range: 'bytes=0-1' })).toMatchObject({ status: 206, body: '01' });
    expect(proxied.lastOutcome()).toMatchObject({ fwd: 'partial' });
    thing.answer({ status: 304 });
    expect((await proxied.get(thing)).body).toBe(BODY);
  });
});

describe('a part of what is stale', () => {
  it('is served when the whole is down', async () => {
    const thing = await serveStored({ 'cache-control': 'max-age=60, stale-if-error=60' });
    await proxied.pass(61);
    thing.answer({ status: 503 });
    expect(await proxied.get(thing, { range: 'bytes=0-1' })).toMatchObject({ status: 206, body: '01' });
  });

  it('is served while the whole is fetched anew', async () => {
    const thing = await serveStored({ 'cache-control': 'max-age=60, stale-while-revalidate=60' });
    await proxied.pass(61);
    thing.answer(({ headers }) => (headers.range ? part206 : { status: 304 }));
    expect(await proxied.get(thing, { range: 'bytes=0-1' })).toMatchObject({ status: 206, body: '01' });
    expect((await proxied.get(thing, { 'cache-control': 'only-if-cached, max-age=10' })).body).toBe(BODY);
  });

  const part206 = { status: 206, headers: { ...FRESH, 'content-range': 'bytes 0-1/10' }, body: '01' };
});
