import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CacheEntry } from '../../src/outbound/cache/cache-entry.ts';
import type { CacheStore } from '../../src/outbound/cache/stores/cache-store.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import { buildEntry } from '../support/build-entry.ts';

export interface StoreUnderTest {
  /** Takes entries of up to 100,000 bytes. */
  readonly store: CacheStore;
  readonly clock: FakeClock;
  /** Lets time pass for the store, wherever it gets its time from. */
  elapse(byMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface StoreTraits {
  /** Whether it can give what it keeps without waiting. */
  readonly isAtHand: boolean;
}

/** What every store promises. Calls `open` before each test. */
export const itIsACacheStore = ({ isAtHand }: StoreTraits, open: () => Promise<StoreUnderTest>): void => {
  let subject: StoreUnderTest;
  let store: CacheStore;
  beforeEach(async () => {
    subject = await open();
    store = subject.store;
  });
  afterEach(() => subject.close());

  const keep = async (key: string, entry: CacheEntry): Promise<void> => {
    const reservation = store.reserve(entry.tags);
    await reservation.keep(key, entry);
    reservation.release();
  };
  const bodyOf = async (key: string): Promise<string | undefined> => (await store.get(key))?.body.toString();

  describe('what it keeps', () => {
    it('is absent until it is kept', async () => {
      expect([store.peek('key'), await store.get('key')]).toEqual([undefined, undefined]);
    });

    it('comes back as it was', async () => {
      const headers = {
        'content-type': 'text/plain; charset=latin1',
        link: ['<a>; rel=x', '<b>'],
        'x-odd': 'caf\xe9\t',
      };
      const body = Buffer.from([0, 255, 13, 10, 0, 128, 36]);
      const entry = buildEntry({ status: 404, headers, body, initialAgeMs: 1_500, tags: ['a', 'a/b', 'a https://x/'] });
      await keep('key', entry);
      expect(await store.get('key')).toEqual({ ...entry, receivedAt: expect.any(Number), parsed: undefined });
      expect((await store.get('key'))!.ageAt(subject.clock.now())).toBeCloseTo(1_500, -3);
    });

    it(isAtHand ? 'is at hand' : 'is never at hand', async () => {
      await keep('key', buildEntry());
      expect(store.peek('key')?.status).toBe(isAtHand ? 200 : undefined);
    });

    it('may be a signpost, without a body', async () => {
      await keep('key', buildEntry({ body: Buffer.alloc(0), variesOn: ['accept-language', 'cookie'] }));
      expect(await store.get('key')).toMatchObject({ variesOn: ['accept-language', 'cookie'], body: Buffer.alloc(0) });
    });

    it('may have a body that is a slice of something larger', async () => {
      const block = Buffer.alloc(65_536, 'x');
      await keep('key', buildEntry({ body: block.subarray(0, 10) }));
      expect(await bodyOf('key')).toBe('x'.repeat(10));
    });

    it.each(['a b', 'GET https://x.example/?q=%20&r=\u{1F41F}', '*', 'ends with\n', 'k'.repeat(10_000), '__proto__'])(
      'is found under the key %j and no other',
      async (key) => {
        await keep(key, buildEntry());
        expect([await bodyOf(key), await bodyOf(`${key} `)]).toEqual(['{"name":"charizard"}', undefined]);
      },
    );

    it('is replaced by what comes later under the same key', async () => {
      await keep('key', buildEntry({ body: Buffer.from('old'), tags: ['old'] }));
      await keep('key', buildEntry({ body: Buffer.from('new'), tags: ['new'] }));
      await store.invalidate(['old']);
      expect(await bodyOf('key')).toBe('new');
    });

    it('is absent when it is too large, and so is what it replaces', async () => {
      await keep('key', buildEntry());
      await keep('key', buildEntry({ body: Buffer.alloc(100_001) }));
      expect([store.peek('key'), await store.get('key')]).toEqual([undefined, undefined]);
    });
  });

  describe('time', () => {
    it('makes entries older', async () => {
      await keep('key', buildEntry({ initialAgeMs: 2_000 }));
      await subject.elapse(30_000);
      const age = (await store.get('key'))!.ageAt(subject.clock.now());
      expect(Math.round(age / 1_000)).toBe(32);
    });

    it('ends what is no longer worth keeping', async () => {
      await keep('key', buildEntry({ keepMs: 30_000 }));
      await keep('other', buildEntry({ keepMs: 60_000 }));
      await subject.elapse(30_000);
      expect([store.peek('key'), await bodyOf('key')]).toEqual([undefined, undefined]);
      expect(await bodyOf('other')).toBeDefined();
    });

    it('is counted from when the entry came, not from when it is kept', async () => {
      await subject.clock.advance(20_000);
      await keep('key', buildEntry({ receivedAt: 0, keepMs: 30_000 }));
      await keep('over', buildEntry({ receivedAt: 0, keepMs: 20_000 }));
      const age = (await store.get('key'))!.ageAt(subject.clock.now());
      expect([Math.round(age / 1_000), await bodyOf('over')]).toEqual([20, undefined]);
      await subject.elapse(10_000);
      expect(await bodyOf('key')).toBeUndefined();
    });
  });

  describe('forgetting', () => {
    beforeEach(async () => {
      await keep('one', buildEntry({ tags: ['pokeapi', 'pokeapi/pokemon'] }));
      await keep('two', buildEntry({ tags: ['pokeapi', 'pokeapi/species'] }));
      await keep('three', buildEntry({ tags: ['cms', 'cms/article 1\n"{}'] }));
    });
    const kept = async (): Promise<string[]> => {
      const found = await Promise.all(['one', 'two', 'three'].map(async (key) => ((await store.get(key)) ? key : '')));
      return found.filter((key) => key !== '');
    };

    it.each([
      [['pokeapi'], ['three'], 2],
      [['pokeapi/species'], ['one', 'three'], 1],
      [['pokeapi/pokemon', 'cms/article 1\n"{}'], ['two'], 2],
      [['pokeapi', 'pokeapi/pokemon'], ['three'], 2],
      [['poke', 'one', ''], ['one', 'two', 'three'], 0],
      [[], ['one', 'two', 'three'], 0],
    ])('by the tags %j leaves %j', async (tags, left, count) => {
      expect(await store.invalidate(tags)).toBe(isAtHand ? count : 0);
      expect(await kept()).toEqual(left);
      expect(['one', 'two', 'three'].filter((key) => store.peek(key))).toEqual(isAtHand ? left : []);
    });

    it('one entry leaves the others', async () => {
      await store.delete('one');
      await store.delete('unknown');
      expect(await kept()).toEqual(['two', 'three']);
      expect(store.peek('one')).toBeUndefined();
    });

    it.each<[string, (forgetful: CacheStore) => unknown]>([
      ['by tags', (forgetful) => forgetful.invalidate(['pokeapi'])],
      ['one entry', (forgetful) => forgetful.delete('one')],
    ])('%s begins another generation of what is at hand, keeping does not', async (_, forget) => {
      const before = store.generation;
      await keep('four', buildEntry());
      expect(store.generation).toBe(before);
      await forget(store);
      expect(store.generation !== before).toBe(isAtHand);
    });

    it('does not keep others from being kept later', async () => {
      await store.invalidate(['pokeapi']);
      await keep('one', buildEntry({ tags: ['pokeapi', 'pokeapi/pokemon'] }));
      expect(await kept()).toEqual(['one', 'three']);
    });
  });

  describe('a reservation', () => {
    it('keeps nothing once a tag of it was invalidated', async () => {
      const reservation = store.reserve(['pokeapi', 'pokeapi/pokemon']);
      await store.invalidate(['pokeapi/pokemon']);
      await reservation.keep('key', buildEntry({ tags: ['pokeapi', 'pokeapi/pokemon'] }));
      expect([store.peek('key'), await store.get('key')]).toEqual([undefined, undefined]);
    });

    it('keeps nothing even when another one has kept something since', async () => {
      const early = store.reserve(['pokeapi']);
      await store.invalidate(['pokeapi']);
      await keep('key', buildEntry({ body: Buffer.from('new') }));
      await early.keep('key', buildEntry({ body: Buffer.from('old') }));
      expect(await bodyOf('key')).toBe('new');
    });

    it('is not touched by what was invalidated before it, nor by other tags', async () => {
      await store.invalidate(['pokeapi']);
      const reservation = store.reserve(['pokeapi']);
      await store.invalidate(['cms', 'pokeapi/species']);
      await reservation.keep('key', buildEntry());
      expect(await bodyOf('key')).toBeDefined();
    });

    it('keeps several entries', async () => {
      const reservation = store.reserve(['pokeapi']);
      await reservation.keep('signpost', buildEntry({ variesOn: ['accept'] }));
      await reservation.keep('variant', buildEntry({ body: Buffer.from('v') }));
      reservation.release();
      expect([(await store.get('signpost'))?.variesOn, await bodyOf('variant')]).toEqual([['accept'], 'v']);
    });

    it('may be released without having kept anything', async () => {
      const reservation = store.reserve(['pokeapi']);
      reservation.release();
      await keep('key', buildEntry());
      expect(await bodyOf('key')).toBeDefined();
    });
  });
};
