import { describe, expect, it } from '@jest/globals';
import { buildReceipt } from '../../../test/support/build-call.ts';
import { buildProvider } from '../../../test/support/build-provider.ts';
import { MeasuringMetrics } from '../../../test/support/measuring.ts';
import { ProviderRegistry } from '../provider-registry.ts';
import { CallMetrics } from './call-metrics.ts';
import type { AttemptRecord, CallReceipt } from './call-receipt.ts';
import { CallReceipts } from './call-receipts.ts';

const ORIGIN = 'https://upstream.example:8443';
const REQUESTS = 'http_client_request_duration_seconds_count';
const CALLS = 'breakwater_call_duration_seconds_count';
const RETRIES = 'breakwater_call_retries_total';
const HEDGES = 'breakwater_call_hedges_total';
const WAITS = 'breakwater_bulkhead_wait_duration_seconds_count';

const sent: AttemptRecord = {
  ...{ startedAtMs: 0, queuedMs: 0, dispatchedMs: 500, durationMs: 2_500 },
  ...{ status: 200, server: ORIGIN },
};
const failed = { ...sent, status: 503 };
const refused: AttemptRecord = { startedAtMs: 0, queuedMs: 0, durationMs: 0, code: 'circuit_open', server: ORIGIN };
const { status: _, ...lost } = { ...sent, code: 'upstream_unreachable' as const };

const REQUEST = {
  breakwater_provider: 'fixture',
  breakwater_operation: 'getThing',
  http_request_method: 'GET',
  url_template: '/things/{}',
};
const SERVER = { server_address: 'upstream.example', server_port: '8443' };
const OF_FIXTURE = { breakwater_provider: 'fixture' };

const measure = async (...receipts: Partial<CallReceipt>[]): Promise<MeasuringMetrics> => {
  const [metrics, published, registry] = [new MeasuringMetrics(), new CallReceipts(), new ProviderRegistry()];
  const { provider } = buildProvider({ baseUrl: ORIGIN, network: 'private' });
  registry.register(provider);
  new CallMetrics(metrics, published, registry);
  for (const receipt of receipts) published.publish(buildReceipt(receipt));
  await provider.close();
  return metrics;
};

describe('CallMetrics', () => {
  it('tells of an attempt by its operation, its server and its answer', async () => {
    const metrics = await measure({ attempts: [sent] });
    expect(await metrics.values(REQUESTS)).toEqual([[{ ...REQUEST, ...SERVER, http_response_status_code: '200' }, 1]]);
    expect(await metrics.values(RETRIES)).toEqual([]);
  });

  it('measures an attempt from when it had its place and its credential, in s', async () => {
    const metrics = await measure({ attempts: [sent] });
    expect((await metrics.read('http_client_request_duration_seconds_sum')).map(({ value }) => value)).toEqual([2]);
  });

  it.each<[string, AttemptRecord, object]>([
    ['without an answer', lost, { error_type: 'upstream_unreachable' }],
    ['that was answered with an error', failed, { http_response_status_code: '503', error_type: '503' }],
    ['with a status that nobody knows', { ...sent, status: 299 }, { http_response_status_code: '200' }],
    [
      'with an error that nobody knows',
      { ...sent, status: 599 },
      { http_response_status_code: '500', error_type: '500' },
    ],
  ])('tells of an attempt %s', async (_what, attempt, labels) => {
    const metrics = await measure({ attempts: [attempt], outcome: 'upstream_failed' });
    expect(await metrics.values(REQUESTS)).toEqual([[{ ...REQUEST, ...SERVER, ...labels }, 1]]);
  });

  it.each([
    ['made up', 'https://made-up.example'],
    ['no URL', 'webhook 17'],
  ])('says nothing of a server that is %s', async (_what, server) => {
    const metrics = await measure({ attempts: [{ ...sent, server }] });
    expect(await metrics.values(REQUESTS)).toEqual([[{ ...REQUEST, http_response_status_code: '200' }, 1]]);
  });

  it('takes a method that nobody knows for another', async () => {
    const metrics = await measure({ method: 'BREW', attempts: [sent] });
    expect((await metrics.read(REQUESTS))[0]?.labels['http_request_method']).toBe('_OTHER');
  });

  it('counts retries by what became of the attempt before, and no attempt that was not let through', async () => {
    const metrics = await measure(
      { attempts: [failed, lost, sent] },
      { attempts: [failed, refused], outcome: 'upstream_failed' },
      { attempts: [refused], outcome: 'circuit_open' },
    );
    expect(await metrics.values(RETRIES)).toEqual([
      [{ ...OF_FIXTURE, breakwater_reason: '503' }, 1],
      [{ ...OF_FIXTURE, breakwater_reason: 'upstream_unreachable' }, 1],
    ]);
    const requests = await metrics.read(REQUESTS);
    expect(requests.reduce((sum, { value }) => sum + value, 0)).toBe(4);
  });

  it('counts late attempts by what became of them, and a second one beside the first as no retry', async () => {
    const given = { ...lost, code: 'cancelled' as const };
    const beside = { ...sent, isHedge: true as const };
    const metrics = await measure({ attempts: [given, beside], hedge: 'won' }, { attempts: [sent], hedge: 'no_place' });
    expect(await metrics.values(HEDGES)).toEqual([
      [{ ...OF_FIXTURE, breakwater_result: 'won' }, 1],
      [{ ...OF_FIXTURE, breakwater_result: 'no_place' }, 1],
    ]);
    expect(await metrics.values(RETRIES)).toEqual([]);
    expect((await metrics.read(REQUESTS)).reduce((sum, { value }) => sum + value, 0)).toBe(3);
  });

  it('tells of each server that an attempt was sent to, by itself', async () => {
    const earlier = [{ dispatchedMs: 100, endedMs: 350, code: 'upstream_unreachable' as const, server: 'http://dead' }];
    const metrics = await measure({ attempts: [{ ...sent, earlier }] }, { attempts: [{ ...refused, earlier }] });
    const dead = { ...REQUEST, error_type: 'upstream_unreachable' };
    expect(await metrics.values(REQUESTS)).toEqual([
      [dead, 2],
      [{ ...REQUEST, ...SERVER, http_response_status_code: '200' }, 1],
    ]);
    expect((await metrics.values('http_client_request_duration_seconds_sum'))[0]).toEqual([dead, 0.5]);
    expect(await metrics.values(RETRIES)).toEqual([]);
  });

  it("tells of the attempts of a call that several waited for, which is nobody's call", async () => {
    const metrics = await measure({ attempts: [failed, sent], isShared: true });
    expect(await metrics.values(CALLS)).toEqual([]);
    expect((await metrics.read(REQUESTS)).map(({ value }) => value)).toEqual([1, 1]);
    expect(await metrics.values(RETRIES)).toEqual([[{ ...OF_FIXTURE, breakwater_reason: '503' }, 1]]);
  });

  it('tells of calls by how they ended, but not of those that the store answered', async () => {
    const metrics = await measure(
      { attempts: [sent], durationMs: 2_500 },
      { attempts: [sent], cache: { fwd: 'uri-miss' } },
      { attempts: [refused], outcome: 'circuit_open' },
      { cache: { ttlMs: 1 } },
      { cache: { ttlMs: -1, detail: 'stale-while-revalidate' } },
    );
    const of = { ...OF_FIXTURE, breakwater_operation: 'getThing' };
    expect(await metrics.values(CALLS)).toEqual([
      [{ ...of, breakwater_outcome: 'answered' }, 2],
      [{ ...of, breakwater_outcome: 'circuit_open' }, 1],
    ]);
    expect((await metrics.read('breakwater_call_duration_seconds_sum'))[0]?.value).toBe(2.5);
  });

  it('tells how long attempts waited for a place, only of those that did', async () => {
    const metrics = await measure({ attempts: [sent, { ...refused, queuedMs: 250, code: 'overloaded' }] });
    expect(await metrics.values(WAITS)).toEqual([[OF_FIXTURE, 1]]);
    expect((await metrics.read('breakwater_bulkhead_wait_duration_seconds_sum'))[0]?.value).toBe(0.25);
  });
});
