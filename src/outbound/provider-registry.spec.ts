import { describe, expect, it } from '@jest/globals';
import { buildProvider } from '../../test/support/build-provider.ts';
import type { Provider } from './provider.ts';
import { ProviderRegistry } from './provider-registry.ts';

const registryWith = (...names: readonly string[]): ProviderRegistry => {
  const registry = new ProviderRegistry();
  for (const name of names) registry.register(Object.assign(buildProvider({}).provider, { name }));
  return registry;
};

describe('ProviderRegistry', () => {
  it('refuses a name that is taken', () => {
    expect(() => registryWith('harbour', 'lagoon', 'harbour')).toThrow(
      new TypeError('Two providers are named "harbour": rename one'),
    );
  });

  it('says which names there are when it does not know one', () => {
    const unknown = new TypeError('No provider is named "harbor"; there are: harbour, lagoon');
    expect(() => registryWith('harbour', 'lagoon').get('harbor')).toThrow(unknown);
  });

  it('finds a provider by its name, and all of them', () => {
    const registry = registryWith('harbour', 'lagoon');
    expect([registry.get('lagoon').name, registry.all().map(({ name }) => name)]).toEqual([
      'lagoon',
      ['harbour', 'lagoon'],
    ]);
  });

  it('keeps calls from what takes the place of an isolated one, until that is reset', () => {
    const registry = registryWith('harbour');
    const next = (): Provider => registry.replace(Object.assign(buildProvider({}).provider, { name: 'harbour' }));
    expect(next().isIsolated).toBe(false);
    registry.get('harbour').isolate();
    expect([next().isIsolated, next().isIsolated]).toEqual([true, true]);
    registry.get('harbour').reset();
    expect(next().isIsolated).toBe(false);
  });

  it('closes all of them at the end', async () => {
    const registry = registryWith('harbour', 'lagoon');
    const closed: string[] = [];
    for (const provider of registry.all()) {
      Object.assign(provider, { close: () => Promise.resolve(closed.push(provider.name)) });
    }
    await registry.onApplicationShutdown();
    expect(closed).toEqual(['harbour', 'lagoon']);
  });
});
