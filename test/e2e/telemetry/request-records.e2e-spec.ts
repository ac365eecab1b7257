import { Controller, Get, Module, Req, Res } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../src/inbound/authentication/access.ts';
import { contextOf } from '../../../src/inbound/request-context.hook.ts';
import type { RequestRecord } from '../../../src/inbound/telemetry/request-record.ts';
import { RequestRecords } from '../../../src/inbound/telemetry/request-records.ts';
import { ask } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { converse } from '../../support/raw-conversation.ts';
import { startPokeApi, type PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';
import { RAW, RawModule } from '../inbound/raw.module.ts';

@Public()
@Controller({ path: 'endings', version: '1' })
class EndingsController {
  /** Begins an answer and cannot go on with it. */
  @Get('broken-off')
  breakOff(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    reply.hijack();
    reply.raw.writeHead(200).flushHeaders();
    contextOf(request).failure = { code: 'upstream_unreachable', reason: 'ECONNRESET' };
    reply.raw.destroy();
  }
}

@Module({ controllers: [EndingsController] })
class EndingsModule {}

let pokeApi: PokeApiStandIn;
let breakwater: TestApp;
const records: RequestRecord[] = [];

beforeAll(async () => {
  pokeApi = await startPokeApi();
  breakwater = await createApp({ imports: [EndingsModule, RawModule], env: { POKEAPI_URL: pokeApi.url } });
  breakwater.app.get(RequestRecords).listen((record) => void records.push(record));
});
afterAll(async () => {
  await breakwater.close();
  await pokeApi.close();
});

let asked = 0;

const recordsOf = (id: string): RequestRecord[] => records.filter(({ context }) => context.requestId === id);

/** The one record of a request, however it ends. */
const recordOf = async (id: string): Promise<RequestRecord> => {
  await eventually(() => expect(recordsOf(id).length).toBe(1));
  return recordsOf(id)[0]!;
};

const recordOfAsking = async (path: string, init: RequestInit = {}): Promise<RequestRecord> => {
  const id = `record-${(asked += 1)}`;
  const headers = { 'x-request-id': id };
  await ask(breakwater.url + path, { ...init, headers }).catch(() => undefined);
  return recordOf(id);
};

const POKEMON = '/api/v1/pokemon/:name';

describe('the record of a request', () => {
  it.each<[string, string, RequestInit, object]>([
    ['was answered', '/api/v1/pokemon/pikachu', {}, { route: POKEMON, status: 200, isBrokenOff: false }],
    ['found nothing', '/api/v1/pokemon/missingno', {}, { route: POKEMON, status: 404, isBrokenOff: false }],
    ['led nowhere', '/nowhere', {}, { route: undefined, status: 404, calls: [] }],
    ['led nowhere by its method', '/health/live', { method: 'DELETE' }, { route: undefined, status: 404 }],
    ['could not be read', '/api/v1/pokemon/%zz', {}, { route: undefined, status: 400, calls: [] }],
    ['was refused by a guard', '/api/v1/me', {}, { route: '/api/v1/me', status: 401 }],
    ['asked by HEAD', '/health/live', { method: 'HEAD' }, { route: '/health/live', status: 200, isBrokenOff: false }],
    ['asked for an option', '/health/live', { method: 'OPTIONS' }, { isBrokenOff: false }],
    ['broke off', '/api/v1/endings/broken-off', {}, { status: 499, isBrokenOff: true }],
  ])('is told once of one that %s', async (_how, path, init, expected) => {
    const record = await recordOfAsking(path, init);
    expect(record).toMatchObject(expected);
    expect(record.durationMs).toBeGreaterThanOrEqual(0);
  });

  it('has the calls that were made for it, and those of no other', async () => {
    const [one, other] = await Promise.all([
      recordOfAsking('/api/v1/pokemon/pikachu/profile'),
      recordOfAsking('/api/v1/pokemon/bulbasaur'),
    ]);
    expect(one.calls.length).toBeGreaterThanOrEqual(2);
    expect(other.calls.map(({ requestId }) => requestId)).toEqual([other.context.requestId]);
    expect(new Set(one.calls.map(({ requestId }) => requestId))).toEqual(new Set([one.context.requestId]));
  });

  it('says of a repeated answer what it was made of, and has no calls', async () => {
    for (let time = 1; time <= 3; time += 1) await recordOfAsking('/api/v1/pokemon/squirtle');
    const { calls, context, status } = records.at(-1)!;
    expect([calls, context.repeated?.map(({ cache }) => cache), status]).toEqual([[], ['pokeapi'], 200]);
  });

  it('tells that a caller left before it was answered', async () => {
    const caller = await converse(breakwater.url);
    caller.say(`GET ${RAW}/silent HTTP/1.1\r\nHost: test\r\nX-Request-Id: left\r\n\r\n`);
    await eventually(() => expect(breakwater.app.get(RequestRecords).underWay).toBe(1));
    expect(recordsOf('left')).toEqual([]);
    caller.hangUp();
    expect(await recordOf('left')).toMatchObject({ status: 499, isBrokenOff: false });
  });

  it('is told of a tunnel when that is over', async () => {
    const caller = await converse(breakwater.url);
    const fields = ['Host: test', 'Connection: Upgrade', 'Upgrade: echo', 'X-Request-Id: tunnel'];
    caller.say(`GET ${RAW}/tunnel HTTP/1.1\r\n${fields.join('\r\n')}\r\n\r\n`);
    await caller.hears('101 Switching Protocols');
    expect(recordsOf('tunnel')).toEqual([]);
    caller.hangUp();
    expect(await recordOf('tunnel')).toMatchObject({ status: 101, route: `${RAW}/tunnel` });
  });

  it('leaves none behind as being under way', async () => {
    await eventually(() => expect(breakwater.app.get(RequestRecords).underWay).toBe(0));
  });
});
