import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { captureLog } from '../../../test/support/captured-log.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { RequestContext } from '../../platform/context/request-context.ts';
import { createMetrics, type StoppableMetrics } from '../../platform/telemetry/create-metrics.ts';
import { TelemetryOptions } from '../../platform/telemetry/telemetry.config.ts';
import { RequestMetrics } from './request-metrics.ts';
import type { RequestRecord } from './request-record.ts';
import { RequestRecords } from './request-records.ts';

interface Told {
  readonly method?: string;
  readonly protocol?: string;
  readonly failure?: string;
}

const toRecord = (
  { method = 'GET', protocol = 'http', failure }: Told,
  rest: Partial<RequestRecord>,
): RequestRecord => {
  const context = new RequestContext('an-id', undefined, Infinity);
  if (failure !== undefined) context.failure = { code: failure, reason: 'it failed' };
  const request = { method, protocol } as FastifyRequest;
  const reply = {} as FastifyReply;
  const times = { startedAt: 0, durationMs: 20, calls: [] };
  return { request, reply, context, route: '/waves/:id', status: 200, isBrokenOff: false, ...times, ...rest };
};

let metrics: StoppableMetrics;
let records: RequestRecords;
beforeEach(async () => {
  records = new RequestRecords();
  metrics = await createMetrics(new TelemetryOptions(), { clock: new FakeClock(), log: captureLog().log });
  new RequestMetrics(records, metrics);
});
afterEach(() => metrics.shutdown());

const series = async (told: Told, rest: Partial<RequestRecord> = {}): Promise<string[]> => {
  records.publish(toRecord(told, rest));
  const lines = (await metrics.scrape()).split('\n');
  return lines.filter((line) => line.startsWith('http_server_request_duration_seconds_count'));
};

const count = (labels: string): string => `http_server_request_duration_seconds_count{${labels}} 1`;

describe('what is measured of a request', () => {
  it('is how long it took, by method, status and route', async () => {
    expect(await series({})).toEqual([
      count('http_request_method="GET",http_response_status_code="200",url_scheme="http",http_route="/waves/:id"'),
    ]);
    expect(await metrics.scrape()).toContain('http_route="/waves/:id"} 0.02\n');
  });

  it('names no route where there was none', async () => {
    expect(await series({}, { route: undefined, status: 404 })).toEqual([
      count('http_request_method="GET",http_response_status_code="404",url_scheme="http"'),
    ]);
  });

  it('names no method or scheme that nobody knows', async () => {
    expect(await series({ method: 'WAVE"', protocol: 'gopher"' }, { route: undefined })).toEqual([
      count('http_request_method="_OTHER",http_response_status_code="200",url_scheme="http"'),
    ]);
    expect((await series({ protocol: 'https' }, { route: undefined }))[1]).toContain('url_scheme="https"');
  });

  it.each([
    ['upstream_timeout', { status: 504 }],
    ['reader_stalled', { status: 200, isBrokenOff: true }],
  ])('names %s as what went wrong', async (failure, rest) => {
    expect(await series({ failure }, rest)).toEqual([expect.stringContaining(`error_type="${failure}"`)]);
  });

  it('names the status where an upstream\u2019s failure was passed on', async () => {
    expect(await series({}, { status: 502 })).toEqual([expect.stringContaining('error_type="502"')]);
  });

  it.each([404, 499])('names nothing where it was not us: %d', async (status) => {
    expect(await series({ failure: 'not_found' }, { status })).toEqual([expect.not.stringContaining('error_type')]);
  });
});

describe('requests under way', () => {
  const active = async (): Promise<string | undefined> =>
    /^http_server_active_requests (\d+)$/m.exec(await metrics.scrape())?.[1];

  it('are those that have come and are not over', async () => {
    expect(await active()).toBe('0');
    for (let request = 0; request < 3; request++) records.begin();
    expect(await active()).toBe('3');
    records.publish(toRecord({}, {}));
    expect(await active()).toBe('2');
  });
});
