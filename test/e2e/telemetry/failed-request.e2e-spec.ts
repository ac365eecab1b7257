import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallReceipt } from '../../../src/outbound/index.ts';
import { accessLineOf, type AccessLine } from '../../support/access-log.ts';
import { ask } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { probe } from '../../support/probe.module.ts';
import { startFaultServer, type FaultServer } from '../../upstreams/fault-server.ts';

type Explained = AccessLine & { readonly level: string; readonly calls?: readonly CallReceipt[] };

let upstream: FaultServer;
let breakwater: TestApp;
const options = { maxAttempts: 2, backoffBaseMs: 1, breakerMinAttempts: 10_000 };

beforeAll(async () => {
  upstream = await startFaultServer();
  const faulty = probe('faulty', { baseUrl: upstream.url, ...options });
  const refused = probe('refused', { baseUrl: upstream.refusedUrl, ...options });
  const hasty = probe('hasty', { baseUrl: upstream.url, ...options, attemptTimeoutMs: 200 });
  breakwater = await createApp({ imports: [faulty, refused, hasty] });
});
afterAll(async () => {
  await breakwater.close();
  await upstream.close();
});

let asked = 0;

const lineOf = async (path: string): Promise<Explained> => {
  const id = `failed-${(asked += 1)}`;
  await ask(`${breakwater.url}/api/v1/probe/${path}`, { headers: { 'x-request-id': id } });
  return (await accessLineOf(breakwater, id)) as Explained;
};

describe('the line of a request', () => {
  it('explains attempt by attempt why it failed', async () => {
    const line = await lineOf('faulty/status/503');
    expect(line).toMatchObject({
      level: 'warn',
      status: 502,
      failure: { code: 'upstream_failed', provider: 'faulty' },
      calls: [
        {
          provider: 'faulty',
          operation: 'GET /{}',
          outcome: 'upstream_failed',
          status: 503,
          decisions: [
            'retried: status 503; GET is safe to repeat here',
            'not retried: attempts made: 2',
            'ended: status 503',
          ],
        },
      ],
    });
    const [first, second, ...rest] = line.calls![0]!.attempts;
    expect(rest).toEqual([]);
    for (const attempt of [first!, second!]) {
      expect(attempt).toMatchObject({ status: 503, server: upstream.url });
      const phases = [
        0,
        attempt.queuedMs,
        attempt.dispatchedMs,
        attempt.sentMs,
        attempt.firstByteMs,
        attempt.durationMs,
      ];
      expect(phases).toEqual(phases.toSorted((one, other) => one! - other!));
    }
    expect(second!.startedAtMs).toBeGreaterThanOrEqual(first!.durationMs);
  });

  it('tells how far each attempt came', async () => {
    const hanging = (await lineOf('hasty/hang')).calls![0]!.attempts[0]!;
    expect(hanging).toMatchObject({ sentMs: expect.any(Number), error: 'the attempt took longer than 200 ms' });
    expect(hanging).not.toHaveProperty('firstByteMs');
    const refused = (await lineOf('refused/ok')).calls![0]!.attempts[0]!;
    expect(refused).toMatchObject({ dispatchedMs: expect.any(Number), error: 'ECONNREFUSED' });
    expect(refused).not.toHaveProperty('sentMs');
  });

  it('is as short as ever when it did not fail, or failed by its caller', async () => {
    for (const path of ['faulty/ok', 'nowhere']) {
      const line = await lineOf(path);
      expect(line).not.toHaveProperty('calls');
      expect(line).not.toHaveProperty('notLogged');
    }
  });

  it('bears nothing that nobody declared', () => {
    expect(breakwater.logLines.filter((line) => /notLogged|not logged/.test(line))).toEqual([]);
  });
});
