import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startProxiedOrigin, type ProxiedOrigin } from './proxied-origin.ts';

const FRESH = { 'cache-control': 'max-age=60' };

let proxied: ProxiedOrigin;
beforeAll(async () => {
  proxied = await startProxiedOrigin();
});
afterAll(() => proxied.close());

type Asked = Record<string, string | string[]>;

/** Whether the second of two requests is answered with what the first one brought. */
const isSame = async (vary: string | string[], first: Asked, second: Asked): Promise<boolean> => {
  const thing = proxied.origin.serve({ headers: { ...FRESH, vary } });
  const [one, other] = [await proxied.get(thing, first), await proxied.get(thing, second)];
  expect([one.body, other.body]).toEqual(['1', String(thing.requests.length)]);
  return thing.requests.length === 1;
};

describe('an answer that varies', () => {
  it.each<[string, string | string[], Asked, Asked]>([
    ['by another value', 'x-a', { 'x-a': '1' }, { 'x-a': '2' }],
    ['by a value where there was none', 'x-a', {}, { 'x-a': '1' }],
    ['by none where there was a value', 'x-a', { 'x-a': '1' }, {}],
    ['by an empty value where there was none', 'x-a', {}, { 'x-a': '' }],
    ['by the second of two', 'x-a, x-b', { 'x-a': '1', 'x-b': '1' }, { 'x-a': '1', 'x-b': '2' }],
    ['by two that changed places', 'x-a, x-b', { 'x-a': '1', 'x-b': '2' }, { 'x-a': '2', 'x-b': '1' }],
    ['by a second line', ['x-a', 'x-b'], { 'x-b': '1' }, { 'x-b': '2' }],
    ['by a name in other letters', 'X-A', { 'x-a': '1' }, { 'x-a': '2' }],
    ['by letters of a value', 'x-a', { 'x-a': 'a' }, { 'x-a': 'A' }],
    ['by the order of a list', 'x-a', { 'x-a': '1, 2' }, { 'x-a': '2, 1' }],
    ['by one long value', 'x-a', { 'x-a': 'a'.repeat(500) }, { 'x-a': `${'a'.repeat(499)}b` }],
    ['by more than can be told', '*', {}, {}],
    ['by more than can be told, among others', 'x-a, *', {}, {}],
    ['by more than can be told, on a second line', ['x-a', '*'], {}, {}],
    ['by what is never the same', 'x-request-id', {}, {}],
  ])('is for its own request only: %s', async (_how, vary, first, second) => {
    expect(await isSame(vary, first, second)).toBe(false);
  });

  it.each<[string, string | string[], Asked, Asked]>([
    ['the same value', 'x-a', { 'x-a': '1' }, { 'x-a': '1' }],
    ['no value', 'x-a', {}, {}],
    ['other headers', 'x-a', { 'x-b': '1' }, { 'x-b': '2' }],
    ['other white space', 'x-a', { 'x-a': '1,2' }, { 'x-a': '1 ,  2' }],
    ['a list in two lines', 'x-a', { 'x-a': '1, 2' }, { 'x-a': ['1', '2'] }],
    ['a language in other letters', 'accept-language', { 'accept-language': 'DE' }, { 'accept-language': 'de' }],
    ['an empty Vary', '', { 'x-a': '1' }, { 'x-a': '2' }],
    ['a Vary of commas', ', ,', { 'x-a': '1' }, { 'x-a': '2' }],
  ])('is for requests with %s', async (_what, vary, first, second) => {
    expect(await isSame(vary, first, second)).toBe(true);
  });

  it('is kept beside its variants', async () => {
    const thing = proxied.origin.serve({ headers: { ...FRESH, vary: 'accept-language' } });
    const languages = ['de', 'en', 'fr', 'de', 'en', 'fr'];
    const bodies: string[] = [];
    for (const language of languages) bodies.push((await proxied.get(thing, { 'accept-language': language })).body);
    expect(bodies).toEqual(['1', '2', '3', '1', '2', '3']);
  });

  it('says so, stored or not', async () => {
    const thing = proxied.origin.serve({ headers: { ...FRESH, vary: 'X-A,  x-b' } });
    await proxied.get(thing);
    expect((await proxied.get(thing)).headers.vary).toBe('X-A,  x-b');
  });

  it('is not given to a request by which it is not known to vary', async () => {
    const thing = proxied.origin.serve(
      { headers: { ...FRESH, vary: 'x-a' } },
      { headers: { ...FRESH, vary: 'x-a, x-b' } },
      { headers: { ...FRESH, vary: 'x-b' } },
    );
    const bodies: string[] = [];
    for (const [a, b] of ['11', '21', '22', '21', '22'])
      bodies.push((await proxied.get(thing, { 'x-a': a!, 'x-b': b! })).body);
    expect(bodies.slice(1)).toEqual(['2', '3', '2', '3']);
  });

  it('is told apart where all ask at once', async () => {
    const thing = proxied.origin.serve(({ headers }) => ({
      headers: { ...FRESH, vary: 'x-a' },
      body: String(headers['x-a']),
      latencyMs: 30,
    }));
    const asked = Array.from({ length: 30 }, (_, index) => String(index % 3));
    const answers = await Promise.all(asked.map((a) => proxied.get(thing, { 'x-a': a })));
    expect(answers.map(({ body }) => body)).toEqual(asked);
  });

  it('is for everybody again when it varies no more', async () => {
    const thing = proxied.origin.serve({ headers: { ...FRESH, vary: 'x-a' } }, { headers: FRESH });
    await proxied.get(thing, { 'x-a': '1' });
    await proxied.get(thing, { 'x-a': '2' });
    expect((await proxied.get(thing, { 'x-a': '3' })).body).toBe('2');
  });

  it('is told of as a variant that is missing', async () => {
    const thing = proxied.origin.serve({ headers: { ...FRESH, vary: 'x-a' } });
    await proxied.get(thing, { 'x-a': '1' });
    expect(proxied.lastOutcome()).toMatchObject({ fwd: 'uri-miss', stored: true });
    await proxied.get(thing, { 'x-a': '2' });
    expect(proxied.lastOutcome()).toMatchObject({ fwd: 'vary-miss', stored: true });
  });
});
