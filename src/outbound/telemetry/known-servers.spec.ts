import { describe, expect, it } from '@jest/globals';
import { buildProvider } from '../../../test/support/build-provider.ts';
import { ProviderRegistry } from '../provider-registry.ts';
import { KnownServers } from './known-servers.ts';

const ORIGIN = 'https://upstream.example';
const many = Array.from({ length: 30 }, (_, n) => `http://10.0.0.${n + 1}:8000`);

const open = (): KnownServers => {
  const registry = new ProviderRegistry();
  registry.register(buildProvider({ baseUrl: ORIGIN, origins: ['http://[2001:db8::1]', ...many] }).provider);
  return new KnownServers(registry);
};

describe('KnownServers', () => {
  it.each([
    [ORIGIN, 'upstream.example', 443],
    ['http://[2001:db8::1]', '2001:db8::1', 80],
    [many[0]!, '10.0.0.1', 8000],
  ])('names a server that was declared: %s', (server, address, port) => {
    expect(open().of('fixture', server)).toEqual({ 'server.address': address, 'server.port': port });
  });

  it.each([
    ['fixture', 'https://made-up.example'],
    ['fixture', 'webhook 17'],
    ['fixture', ''],
    ['nobody', ORIGIN],
  ])('names none that was not: %s, %j', (provider, server) => {
    expect(open().of(provider, server)).toEqual({});
  });

  it('names so many of one provider, and takes all others together', () => {
    const servers = open();
    const names = many.map((server) => servers.of('fixture', server)['server.address']);
    expect(new Set(names).size).toBe(21);
    expect([names[19], names[20], names[29]]).toEqual(['10.0.0.20', '(other)', '(other)']);
    expect(servers.of('fixture', many[0]!)['server.address']).toBe('10.0.0.1');
  });
});
