import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { RecentKeys } from './recent-keys.ts';

const build = (maxKeys = 3): { keys: RecentKeys; clock: FakeClock; known: () => string } => {
  const clock = new FakeClock();
  const keys = new RecentKeys({ maxKeys, keepMs: 1_000 }, clock);
  return { keys, clock, known: () => [...'abcd'].filter((key) => keys.has(key)).join('') };
};

describe('keys noted a short while ago', () => {
  it.each(['a', '', '__proto__', 'constructor', 'size'])('do not include %j at first', (key) => {
    const { keys } = build();
    expect(keys.has(key)).toBe(false);
    keys.delete(key);
    keys.add(key);
    expect(keys.has(key)).toBe(true);
    expect(keys.has('b')).toBe(false);
  });

  it('are forgotten when their time is over', async () => {
    const { keys, clock, known } = build();
    keys.add('a');
    await clock.advance(999);
    keys.add('b');
    expect(known()).toBe('ab');
    await clock.advance(1);
    expect(known()).toBe('b');
  });

  it('are kept anew when they are noted again', async () => {
    const { keys, clock, known } = build();
    keys.add('a');
    await clock.advance(999);
    keys.add('a');
    await clock.advance(999);
    expect(known()).toBe('a');
    await clock.advance(1);
    expect(known()).toBe('');
  });

  it('are the newest, when they are too many', async () => {
    const { keys, clock, known } = build();
    for (const key of 'abcd') keys.add(key);
    expect(known()).toBe('bcd');
    await clock.advance(500);
    keys.add('b');
    expect(known()).toBe('bcd');
    keys.add('a');
    expect(known()).toBe('abd');
  });

  it('are no more than so many', () => {
    const { keys } = build(10);
    const all = Array.from({ length: 1_000 }, (_, index) => `key ${index}`);
    for (const key of all) keys.add(key);
    expect(all.filter((key) => keys.has(key))).toEqual(all.slice(-10));
  });

  it('can be taken back', () => {
    const { keys, known } = build();
    keys.add('a');
    keys.add('b');
    keys.delete('a');
    expect(known()).toBe('b');
  });
});
