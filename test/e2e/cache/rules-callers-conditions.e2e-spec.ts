import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OriginAnswer } from '../../upstreams/origin.stand-in.ts';
import { startProxiedOrigin, type ProxiedAnswer, type ProxiedOrigin } from './proxied-origin.ts';

const EARLIER = 'Wed, 31 Dec 2014 23:59:59 GMT';
const MODIFIED = 'Thu, 01 Jan 2015 00:00:00 GMT';
const LATER = 'Thu, 01 Jan 2015 00:00:01 GMT';
const FRESH = { 'cache-control': 'max-age=60' };
const BOTH = { etag: '"1"', 'last-modified': MODIFIED };

let proxied: ProxiedOrigin;
beforeAll(async () => {
  proxied = await startProxiedOrigin();
});
afterAll(() => proxied.close());

/** Asks on one condition for what is stored; the upstream hears nothing of it. */
const askStored = async (
  own: NonNullable<OriginAnswer['headers']>,
  asked: Record<string, string>,
  { method = 'GET', status = 200 } = {},
): Promise<ProxiedAnswer> => {
  const thing = proxied.origin.serve({ status, headers: { ...FRESH, ...own }, body: 'stored' });
  await proxied.get(thing);
  const answer = await proxied.send(method, thing, asked);
  expect(thing.requests).toHaveLength(1);
  return answer;
};

describe('who has what is stored is told so', () => {
  it.each([
    ['by its tag', { 'if-none-match': '"1"' }],
    ['by its tag, called weak', { 'if-none-match': 'W/"1"' }],
    ['by its tag in a list', { 'if-none-match': '"0", W/"x,y" ,"1"' }],
    ['by any tag', { 'if-none-match': '*' }],
    ['by its date', { 'if-modified-since': MODIFIED }],
    ['by a later date', { 'if-modified-since': LATER }],
    ['by its tag, whatever the date', { 'if-none-match': '"1"', 'if-modified-since': EARLIER }],
  ])('%s', async (_how, asked) => {
    for (const method of ['GET', 'HEAD'])
      expect(await askStored(BOTH, asked, { method })).toMatchObject({ status: 304, body: '' });
  });

  it('by a weak tag of its own', async () => {
    expect((await askStored({ etag: 'W/"1"' }, { 'if-none-match': '"1"' })).status).toBe(304);
  });

  it('with the headers that a 304 has, and no others', async () => {
    const own = { ...BOTH, vary: 'x-a', 'content-location': '/a', 'x-own': 'a', 'content-type': 'text/plain' };
    const { headers } = await askStored(own, { 'if-none-match': '"1"' });
    expect(headers).toMatchObject({ ...BOTH, ...FRESH, vary: 'x-a', 'content-location': '/a', age: '0' });
    expect(headers).toHaveProperty('date');
    for (const name of ['x-own', 'content-type', 'content-length']) expect(headers).not.toHaveProperty(name);
  });

  it('by the date of an answer that does not tell when it was modified', async () => {
    const date = new Date(proxied.clock.wallTime()).toUTCString();
    expect((await askStored({}, { 'if-modified-since': date })).status).toBe(304);
  });
});

describe('who has something else gets what is stored', () => {
  it.each<[string, Record<string, string>]>([
    ['another tag', { 'if-none-match': '"2"' }],
    ['a tag within another', { 'if-none-match': '"11", "x"' }],
    ['a tag in quotes of its own', { 'if-none-match': '1' }],
    ['another tag, whatever the date', { 'if-none-match': '"2"', 'if-modified-since': LATER }],
    ['an earlier date', { 'if-modified-since': EARLIER }],
    ['a date that is none', { 'if-modified-since': 'yesterday' }],
    ['a date in seconds', { 'if-modified-since': '9999999999' }],
  ])('%s', async (_what, asked) => {
    expect(await askStored(BOTH, asked)).toMatchObject({ status: 200, body: 'stored' });
  });

  it('a tag, when what is stored has none', async () => {
    const asked = { 'if-none-match': '"1"', 'if-modified-since': LATER };
    expect((await askStored({ 'last-modified': MODIFIED }, asked)).status).toBe(200);
  });

  it.each([
    [404, { 'if-none-match': '*' }],
    [404, { 'if-modified-since': LATER }],
    [301, { 'if-none-match': '"1"' }],
  ])('a %d, of which nobody can have the content: asked with %j', async (status, asked) => {
    expect((await askStored(BOTH, asked as Record<string, string>, { status })).status).toBe(status);
  });
});

describe('conditions that only the upstream can judge', () => {
  it.each([
    ['if-match', '"1"'],
    ['if-unmodified-since', MODIFIED],
    ['if-range', '"1"'],
  ])('go there: %s', async (name, value) => {
    const thing = proxied.origin.serve({ headers: { ...FRESH, ...BOTH } }, { status: 412 });
    await proxied.get(thing);
    expect((await proxied.get(thing, { [name]: value, range: 'bytes=0-0' })).status).toBe(412);
    expect(thing.requests[1]!.headers[name]).toBe(value);
    expect(proxied.lastOutcome()).toMatchObject({ fwd: 'request' });
    expect((await proxied.get(thing)).body).toBe('1');
  });
});

describe('a condition of the caller, when nothing is stored', () => {
  it('is answered from what the upstream brings', async () => {
    const thing = proxied.origin.serve({ headers: { ...FRESH, etag: '"1"' }, body: 'whole' });
    expect(await proxied.get(thing, { 'if-none-match': '"1"' })).toMatchObject({ status: 304, body: '' });
    expect((await proxied.get(thing)).body).toBe('whole');
    expect(thing.requests).toHaveLength(1);
  });

  it('does not keep others from sharing one call', async () => {
    const thing = proxied.origin.serve({ status: 304, headers: { etag: '"1"' } }, { headers: FRESH, latencyMs: 100 });
    await proxied.get(thing, { 'if-none-match': '"1"' });
    await Promise.all(Array.from({ length: 10 }, () => proxied.get(thing)));
    expect(thing.requests).toHaveLength(2);
  });
});
