import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Resolver } from '../../../src/outbound/egress/resolver.ts';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { LyingResolver } from '../../support/lying-resolver.ts';
import { listenLocally, type Listening } from '../../upstreams/stand-in.ts';

const CHARIZARD = { id: 6, name: 'charizard', height: 17, weight: 905, sprites: { front_default: null } };
const SPECIES = { species: { name: 'charizard', url: 'http://pokeapi.example/6/' } };

let inside: Listening;
let breakwater: TestApp | undefined;
let connections: number;
const server = createServer((_request, answer) => {
  const headers = { 'content-type': 'application/json', connection: 'close' };
  answer.writeHead(200, headers).end(JSON.stringify({ ...CHARIZARD, ...SPECIES }));
});
server.on('connection', () => (connections += 1));

beforeAll(async () => {
  inside = await listenLocally(server);
});
afterAll(() => inside.close());
beforeEach(() => void (connections = 0));
afterEach(async () => {
  await breakwater?.close();
  breakwater = undefined;
});

/** The application with PokeAPI at this host, whose name leads where `resolver` says. */
const start = async (host: string, resolver: Resolver, env: Record<string, string> = {}): Promise<TestApp> =>
  (breakwater = await createApp({
    env: { POKEAPI_URL: `http://${host}:${inside.port}/api/v2`, POKEAPI_BACKOFF_BASE_MS: '0', ...env },
    override: (builder) => builder.overrideProvider(Resolver).useValue(resolver),
  }));

const always = (address: string): Resolver => new LyingResolver(() => [address]);
const getCharizard = (): Promise<Answer> => ask(`${breakwater!.url}/api/v1/getCharizard`);

const INSIDE = [
  '127.0.0.1',
  '::1',
  '::ffff:127.0.0.1',
  '169.254.169.254',
  '10.0.0.1',
  '192.168.0.1',
  'fe80::1',
  '0.0.0.0',
];

describe('a provider whose name leads', () => {
  it.each(INSIDE)('to %s is not connected to, once and for all', async (address) => {
    const { logLines, receipts } = await start('pokeapi.example', always(address));
    const answer = await getCharizard();
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_unreachable', provider: 'pokeapi' });
    expect(receipts.flatMap(({ attempts }) => attempts)).toHaveLength(1);
    expect(connections).toBe(0);
    expect(answer.text).not.toContain(address);
    expect(logLines.join('')).toContain('EGRESS_REFUSED');
  });

  it.each(['127.0.0.1', '169.254.169.254', 'fd00:ec2::254'])(
    'to %s is not connected to though it may be in a private network',
    async (address) => {
      await start('pokeapi.example', always(address), { POKEAPI_NETWORK: 'private' });
      expect(problemOf(await getCharizard())).toMatchObject({ code: 'upstream_unreachable' });
      expect(connections).toBe(0);
    },
  );

  it('here and then elsewhere is connected to as long as it leads here', async () => {
    const resolver = new LyingResolver((times) => (times === 0 ? ['127.0.0.1'] : ['169.254.169.254']));
    const { url } = await start('pokeapi.localhost', resolver, { POKEAPI_CACHE: 'off' });
    expect((await getCharizard()).status).toBe(200);
    const answer = await ask(`${url}/api/v1/pokemon/bulbasaur`);
    expect(problemOf(answer)).toMatchObject({ code: 'upstream_unreachable' });
    expect(connections).toBe(1);
  });

  it.each(['localhost', 'pokeapi.localhost', 'pokeapi', 'pokeapi.prod.svc.cluster.local'])(
    'to this machine, and says so: %s, is connected to',
    async (name) => {
      await start(name, always('127.0.0.1'));
      expect((await getCharizard()).status).toBe(200);
    },
  );

  it('to this machine by the system itself is connected to', async () => {
    breakwater = await createApp({ env: { POKEAPI_URL: `http://localhost:${inside.port}/api/v2` } });
    expect((await getCharizard()).status).toBe(200);
  });
});

describe('the start', () => {
  it.each(['2130706433', '0177.0.0.1', '0x7f.1', '127.1', '127.0.0.1.', '\uff11\uff12\uff17.0.0.1', '[::ffff:7f00:1]'])(
    'is refused when a URL hides its address: %s',
    async (host) => {
      const remedy = `write it as http://127.0.0.1:${inside.port}/api/v2`;
      await expect(start(host, always('127.0.0.1'))).rejects.toThrow(remedy);
      await expect(start(host, always('127.0.0.1'))).rejects.toThrow('POKEAPI_URL');
    },
  );
});
