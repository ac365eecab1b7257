import { describe, expect, it } from '@jest/globals';
import { ProviderRegistry } from '../provider-registry.ts';
import type { Provider } from '../provider.ts';
import { KeptByProvider } from './kept-by-provider.ts';

const ROOM = 1_200;

const setUp = () => {
  const registry = new ProviderRegistry();
  const kept = new KeptByProvider<number>(registry);
  const register = (name: string): Provider => registry.register({ name } as Provider);
  const fill = (prefix: string): void => {
    for (let n = 0; n < ROOM; n += 1) kept.set(`${prefix}-${n}`, n);
  };
  return { registry, kept, register, fill };
};

describe('KeptByProvider', () => {
  it('forgets those that are no more when there is no room for one that is', () => {
    const { kept, register, fill } = setUp();
    register('old-7');
    fill('old');
    register('new');
    kept.set('new', 1);
    expect([...kept]).toEqual([
      ['old-7', 7],
      ['new', 1],
    ]);
  });

  it('forgets none for the sake of one that is not there', () => {
    const { kept, fill } = setUp();
    fill('old');
    kept.set('gone', 1);
    expect([[...kept].length, kept.get('gone')]).toEqual([ROOM, undefined]);
  });

  it('takes no more than it has room for, and changes what it has', () => {
    const { kept, register, fill } = setUp();
    for (let n = 0; n < ROOM; n += 1) register(`one-${n}`);
    fill('one');
    register('too-many');
    kept.set('too-many', 1);
    kept.set('one-3', -1);
    expect([[...kept].length, kept.get('too-many'), kept.get('one-3')]).toEqual([ROOM, undefined, -1]);
  });
});
