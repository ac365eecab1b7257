import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import type { SourceFreshness } from '../../platform/context/answer-freshness.ts';
import { RememberedAnswers } from './remembered-answers.ts';

const URL = '/api/v1/getCharizard';
const PAYLOAD = '{"name":"charizard"}';

let clock: FakeClock;
let generation: number;
let answers: RememberedAnswers;

beforeEach(() => {
  clock = new FakeClock();
  generation = 0;
  answers = new RememberedAnswers(clock, () => generation);
});

/** New, fresh for a minute and for everybody, when it says nothing else. */
const source = (parts: Partial<SourceFreshness> = {}): SourceFreshness => ({
  cacheStatus: 'pokeapi; fwd=uri-miss; ttl=60; stored',
  storable: true,
  isPrivate: false,
  ageMs: 0,
  lifetimeMs: 60_000,
  browserLifetimeMs: 60_000,
  staleWhileRevalidateMs: 30_000,
  staleIfErrorMs: 30_000,
  ...parts,
});

const remember = (sources: readonly SourceFreshness[], payload = PAYLOAD, url = URL): void =>
  answers.remember(url, { headers: () => ['etag', '"1"'], payload, route: URL, sources, generation });

const isRemembered = (url = URL): boolean => answers.find(url) !== undefined;

describe('an answer is not remembered', () => {
  it.each<[string, readonly Partial<SourceFreshness>[]]>([
    ['made of nothing that is known to last', []],
    ['of which a part may not be kept', [{}, { storable: false }]],
    ['of which a part is for one person', [{ isPrivate: true }, {}]],
    ['of which a part is never fresh', [{ lifetimeMs: 0 }]],
    ['of which a part is stale, though it may still be used', [{}, { ageMs: 61_000 }]],
    ['of which a part goes stale this very moment', [{ ageMs: 60_000 }]],
    ['that only browsers may take for fresh', [{ lifetimeMs: 0, browserLifetimeMs: 60_000 }]],
    ['of which nothing makes sense', [{ ageMs: Number.NaN }]],
  ])('%s', (_what, sources) => {
    remember(sources.map(source));
    expect(isRemembered()).toBe(false);
  });

  it('of 1,024 characters and more; one of 1,023 is', () => {
    remember([source()], 'x'.repeat(1_024));
    expect(isRemembered()).toBe(false);
    remember([source()], 'x'.repeat(1_023));
    expect(isRemembered()).toBe(true);
  });

  it('of 1,024 bytes and more, which is what is compressed', () => {
    remember([source()], 'é'.repeat(512));
    expect(isRemembered()).toBe(false);
  });

  it('and nobody puts its headers together', () => {
    const headers = jest.fn(() => []);
    const sources = [source({ isPrivate: true })];
    answers.remember(URL, { headers, payload: PAYLOAD, route: URL, generation, sources });
    expect(headers).not.toHaveBeenCalled();
  });
});

describe('an answer that is remembered', () => {
  it('comes as it was, with the birth of its oldest part and the end of each', async () => {
    await clock.advance(5_000);
    remember([source({ ageMs: 2_000 }), source({ cacheStatus: 'cms; hit; ttl=7', ageMs: 3_000, lifetimeMs: 10_000 })]);
    await clock.advance(1_000);
    expect(answers.find(URL)).toMatchObject({
      headers: ['etag', '"1"'],
      payload: PAYLOAD,
      sources: [
        { cache: 'pokeapi', freshUntil: 63_000 },
        { cache: 'cms', freshUntil: 12_000 },
      ],
      freshUntil: 12_000,
      bornAt: 2_000,
    });
  });

  it.each(['/api/v1/getcharizard', '/api/v1/getCharizard/', '/api/v1/getCharizard?', '/api/v1/getChari%7Aard', ''])(
    'is not that of %j',
    (url) => {
      remember([source()]);
      expect(isRemembered(url)).toBe(false);
    },
  );

  it.each(['__proto__', 'constructor', ''])('may have any URL: %j', (url) => {
    expect(isRemembered(url)).toBe(false);
    remember([source()], PAYLOAD, url);
    expect(isRemembered(url)).toBe(true);
  });

  it('lasts until the first of its parts goes stale, asked for or not', async () => {
    remember([source({ lifetimeMs: 90_000 }), source({ ageMs: 30_000 })]);
    await clock.advance(29_999);
    expect(isRemembered()).toBe(true);
    await clock.advance(1);
    expect(isRemembered()).toBe(false);
  });

  it('is void for good once something stored was invalidated', () => {
    remember([source()]);
    generation = 1;
    expect(isRemembered()).toBe(false);
    generation = 0;
    expect(isRemembered()).toBe(false);
  });

  it('is the newest', () => {
    remember([source()], 'old');
    remember([source()], 'new');
    expect(answers.find(URL)?.payload).toBe('new');
  });

  it('is not lost to one that is not remembered', () => {
    remember([source()], 'of everybody');
    remember([source({ isPrivate: true })], 'of one person');
    remember([source({ ageMs: 61_000 })], 'stale');
    expect(answers.find(URL)?.payload).toBe('of everybody');
  });
});

describe('of 1,025 answers', () => {
  it('the one that was not asked for the longest is forgotten', () => {
    for (let index = 0; index < 1_024; index += 1) remember([source()], PAYLOAD, `/${index}`);
    expect(isRemembered('/0')).toBe(true);
    remember([source()], PAYLOAD, '/1024');
    expect(['/0', '/1', '/2', '/1024'].map(isRemembered)).toEqual([true, false, true, true]);
  });
});
