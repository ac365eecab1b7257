import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LyingResolver } from '../../../test/support/lying-resolver.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { guardedConnector } from './guarded-connector.ts';
import { reachOf } from './reach.ts';

let listening: Listening;
let connections: number;
const server = createServer(() => (connections += 1));

beforeAll(async () => {
  listening = await listenLocally(server);
});
afterAll(() => listening.close());
beforeEach(() => void (connections = 0));

type Target = { readonly resolver: LyingResolver; readonly host?: string; readonly protocol?: string };

/** Connects to `host` as to the only origin of a provider whose URL has the host `declared`. */
const connect = (declared: string, { resolver, host = declared, protocol = 'http:' }: Target): Promise<Socket> => {
  const connector = guardedConnector({ connectTimeoutMs: 1_000, resolver, reach: reachOf(declared, 'public') });
  const target = { hostname: host, host, protocol, port: String(listening.port) };
  return new Promise((resolve, reject) => {
    connector(target, (error, socket) => (error ? reject(error) : resolve(socket.end())));
  });
};

const always = (...addresses: string[]): LyingResolver => new LyingResolver(() => addresses);

describe('the connector', () => {
  it.each([
    ...[['127.0.0.1'], ['::1'], ['169.254.169.254'], ['10.0.0.1'], ['192.168.0.1'], ['fe80::1'], ['0.0.0.0'], ['::']],
    ...[['::ffff:127.0.0.1'], ['::ffff:7f00:1'], ['64:ff9b::7f00:1'], ['127.0.0.1', '::1']],
  ])('refuses a public name that leads to %s', async (...addresses) => {
    for (const protocol of ['http:', 'https:']) {
      const refused = rejectionOf(connect('api.example.com', { resolver: always(...addresses), protocol }));
      expect(await refused).toMatchObject({ code: 'EGRESS_REFUSED' });
    }
    expect(connections).toBe(0);
  });

  it.each(['127.0.0.1', '::1', '169.254.169.254', '::ffff:7f00:1'])(
    'refuses the address %s where a name was declared, though nobody looks it up',
    async (host) => {
      const resolver = always('8.8.8.8');
      expect(await rejectionOf(connect('api.example.com', { resolver, host }))).toMatchObject({
        code: 'EGRESS_REFUSED',
      });
      expect([connections, resolver.asked]).toEqual([0, []]);
    },
  );

  it('connects to the address that is declared, and asks for no name', async () => {
    const resolver = always();
    expect((await connect('127.0.0.1', { resolver })).remoteAddress).toBe('127.0.0.1');
    expect(resolver.asked).toEqual([]);
  });

  it('connects by a declared name of this machine to this machine only', async () => {
    const socket = await connect('cms.localhost', { resolver: always('10.0.0.1', '127.0.0.1', '169.254.169.254') });
    expect(socket.remoteAddress).toBe('127.0.0.1');
    const attempted = (socket as { autoSelectFamilyAttemptedAddresses?: string[] }).autoSelectFamilyAttemptedAddresses;
    expect(attempted ?? []).not.toContainEqual(expect.stringMatching(/^(10|169)\./));
  });

  it('tries the addresses of both families until one answers', async () => {
    const socket = await connect('cms.localhost', { resolver: always('::1', '127.0.0.1') });
    expect(socket.remoteAddress).toBe('127.0.0.1');
  });

  it('looks a name up once for each connection, and checks it each time', async () => {
    const resolver = new LyingResolver((times) => (times === 0 ? ['127.0.0.1'] : ['169.254.169.254']));
    await connect('cms.localhost', { resolver });
    expect(resolver.asked).toEqual(['cms.localhost']);
    expect(await rejectionOf(connect('cms.localhost', { resolver }))).toMatchObject({ code: 'EGRESS_REFUSED' });
    expect(resolver.asked).toHaveLength(2);
  });
});
