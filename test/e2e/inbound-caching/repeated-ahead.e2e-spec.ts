import { Module, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { afterEach, beforeAll, afterAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { RequestRecord } from '../../../src/inbound/telemetry/request-record.ts';
import { RequestRecords } from '../../../src/inbound/telemetry/request-records.ts';
import { accessLineOf } from '../../support/access-log.ts';
import { ask } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { speak } from '../../support/raw-http.ts';
import { startPokeApi, type PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';

const CHARIZARD = '/api/v1/getCharizard';

/** Requests whose answers the framework knows of. */
let framed: string[];
let pokeApi: PokeApiStandIn;
let breakwater: TestApp;
let records: RequestRecord[];

@Module({})
class FramedModule implements NestModule {
  constructor(private readonly host: HttpAdapterHost) {}

  configure(): void {
    this.host.httpAdapter.getInstance<FastifyInstance>().addHook('onResponse', (request, _reply, done) => {
      framed.push(request.url);
      done();
    });
  }
}

const start = async (env: Record<string, string> = {}): Promise<void> => {
  [framed, records] = [[], []];
  breakwater = await createApp({ env: { POKEAPI_URL: pokeApi.url, ...env }, imports: [FramedModule] });
  await ask(breakwater.url + CHARIZARD);
  breakwater.app.get(RequestRecords).listen((record) => void records.push(record));
};

beforeAll(async () => {
  pokeApi = await startPokeApi();
});
afterEach(() => breakwater.close());
afterAll(() => pokeApi.close());

const recordOf = async (id: string): Promise<RequestRecord> => {
  const find = (): RequestRecord | undefined => records.find(({ context }) => context.requestId === id);
  await eventually(() => expect(find()).toBeDefined());
  return find()!;
};

/** Schemes of an answer that is repeated, and of one that takes the whole way, for who is said to have asked so. */
const schemesFor = async (forwarded: string): Promise<string[]> => {
  const common = { 'x-forwarded-proto': forwarded };
  const [short, long] = [`short ${forwarded}`, `long ${forwarded}`].map((id) => id.replaceAll(/\W/g, '-'));
  await ask(breakwater.url + CHARIZARD, { headers: { ...common, 'x-request-id': short! } });
  await ask(breakwater.url + CHARIZARD, { headers: { ...common, 'x-request-id': long!, 'if-none-match': '"x"' } });
  return [(await recordOf(short!)).request.protocol, (await recordOf(long!)).request.protocol];
};

describe('an answer that is repeated', () => {
  it('takes no way through the framework', async () => {
    await start();
    expect((await ask(breakwater.url + CHARIZARD)).text).toContain('"id":6');
    expect((await ask(`${breakwater.url}/nowhere`)).status).toBe(404);
    await eventually(() => expect(framed).toEqual([CHARIZARD, '/nowhere']));
    expect(breakwater.receipts.length).toBe(1);
  });

  it('does so where requests are counted, as they are counted for somebody', async () => {
    await start({ RATE_LIMIT: '100/60' });
    const { headers } = await ask(breakwater.url + CHARIZARD);
    expect(headers.get('ratelimit')).toBe('"default";r=98;t=60');
    await eventually(() => expect(framed.length).toBe(2));
    expect(breakwater.receipts.length).toBe(1);
  });

  it('has the line of any other in the log', async () => {
    await start();
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const headers = { 'x-request-id': 'told', traceparent: `00-${trace}-b7ad6b7169203331-01` };
    expect((await ask(breakwater.url + CHARIZARD, { headers })).headers.get('x-request-id')).toBe('told');
    const line = await accessLineOf(breakwater, 'told');
    expect(line).toMatchObject({ method: 'GET', route: CHARIZARD, status: 200, traceId: trace, upstreamCalls: 0 });
  });

  it.each(['https', 'http', 'http, https', 'https,http', 'ftp'])(
    'was asked for by the scheme that a trusted proxy says last: %s',
    async (forwarded) => {
      await start({ TRUST_PROXY: 'loopback' });
      const [short, long] = await schemesFor(forwarded);
      expect(short).toBe(long === 'https' ? 'https' : 'http');
    },
  );

  it('was asked for by http, whatever somebody else says', async () => {
    await start();
    expect(await schemesFor('https')).toEqual(['http', 'http']);
  });
});

describe('what is no request for it', () => {
  const get = (headers: string, path = CHARIZARD): string => `GET ${path} HTTP/1.1\r\n${headers}\r\n`;
  const SOUND = get('Host: test\r\n');

  it.each([
    ['names no host', get('')],
    ['names two hosts', get('Host: test\r\nHost: other\r\n')],
    ['disguises a header', get('Host: test\r\nContent_Length: 5\r\n')],
  ])('is refused, and with it all behind it: one that %s', async (_what, bytes) => {
    await start();
    const { status, text } = await speak(breakwater.url, SOUND + bytes + SOUND + SOUND);
    expect(status).toBe(200);
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, code]) => code)).toEqual(['400']);
    expect(text.match(/"id":6/g)).toHaveLength(1);
  });

  it('is the last on its connection when it asks for another protocol', async () => {
    await start();
    const { headers, text } = await speak(
      breakwater.url,
      get('Host: test\r\nConnection: Upgrade\r\nUpgrade: x\r\n') + SOUND,
    );
    expect(headers['connection']).toBe('close');
    expect(text.match(/"id":6/g)).toHaveLength(1);
  });
});
