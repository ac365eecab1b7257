import { HttpService } from '@nestjs/axios';
import { Controller, Get, Module, Query } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Public } from '../../../src/inbound/authentication/access.ts';
import { ApiClient, defineProvider, OutboundModule, path } from '../../../src/outbound/index.ts';
import { ask } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { startFaultServer, type FaultServer } from '../../upstreams/fault-server.ts';

const operations = { search: { loggedQuery: ['page'], maxAttempts: 1 }, find: { maxAttempts: 1 } };

@Public()
@Controller({ path: 'queries', version: '1' })
class QueriesController {
  constructor(
    private readonly api: ApiClient,
    private readonly http: HttpService,
  ) {}

  @Get('client')
  client(@Query() { operation, ...query }: Record<string, string>): Promise<unknown> {
    return this.api.get(path`/status/500`, { operation: operation!, query, answer: z.unknown() });
  }

  @Get('raw')
  async raw(@Query() { operation, ...params }: Record<string, string>): Promise<unknown> {
    return (await this.http.axiosRef.get<unknown>('/status/500', { operation: operation!, params })).data;
  }
}

let upstream: FaultServer;
let breakwater: TestApp;

beforeAll(async () => {
  upstream = await startFaultServer();
  const definition = defineProvider('queried', { baseUrl: upstream.url, operations, breakerMinAttempts: 10_000 });

  @Module({ imports: [OutboundModule.forProvider(definition)], controllers: [QueriesController] })
  class QueriesModule {}
  breakwater = await createApp({ imports: [QueriesModule], env: { LOG_LEVEL: 'trace' } });
});
afterAll(async () => {
  await breakwater.close();
  await upstream.close();
});

const ASKED = 'page=2&who=a-private-person';

const callOf = async (way: string, operation: string): Promise<object> => {
  breakwater.logLines.length = 0;
  await ask(`${breakwater.url}/api/v1/queries/${way}?operation=${operation}&${ASKED}`);
  const line = breakwater.logLines.find((one) => one.includes('"call":'));
  return (JSON.parse(line!) as { call: object }).call;
};

describe.each(['client', 'raw'])('a query value of a call by the %s', (way) => {
  it('is in the log when its operation declares it, and only that one', async () => {
    expect(await callOf(way, 'search')).toMatchObject({ operation: 'search', query: { page: '2' } });
    expect(breakwater.logLines.join('')).not.toContain('a-private');
    expect(upstream.requestsSeen.at(-1)?.query.get('who')).toBe('a-private-person');
  });

  it('is not in the log otherwise', async () => {
    expect(await callOf(way, 'find')).not.toHaveProperty('query');
    expect(breakwater.receipts.at(-1)).not.toHaveProperty('query');
  });
});
