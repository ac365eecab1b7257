import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Snapshot } from '../../../src/operations/console/page/snapshot.ts';
import { accessLineOf } from '../../support/access-log.ts';
import { ask, jsonOf } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { openEvents, type TestEventSource } from '../../support/event-source.ts';
import { eventually } from '../../support/eventually.ts';
import { probe } from '../../support/probe.module.ts';
import { startMoodyUpstream, type MoodyUpstream } from './moody-upstream.ts';

/** What whoever is on call may have to wait. */
const WITHIN_MS = 10_000;
const TIMEOUT_MS = 60_000;
const CALLERS = 4;
const AT_ONCE = { backoffBaseMs: 1, backoffCapMs: 2 };

let upstream: MoodyUpstream;
let breakwater: TestApp;
let console: TestEventSource;
let isOver = false;
let callers: Promise<void>[];

const path = '/api/v1/probe/moody/state';

/** Calls without pause, as long as the test lasts. */
const keepCalling = async (): Promise<void> => {
  while (!isOver) {
    await ask(breakwater.url + path);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

beforeAll(async () => {
  upstream = await startMoodyUpstream();
  breakwater = await createApp({
    imports: [
      probe('moody', { baseUrl: upstream.url, cache: 'off', ...AT_ONCE }),
      // Never gives up on it.
      probe('patient', { baseUrl: upstream.url, cache: 'off', ...AT_ONCE, breakerMinAttempts: 1_000_000 }),
    ],
  });
  console = await openEvents(`${breakwater.url}/console/events`);
  callers = Array.from({ length: CALLERS }, keepCalling);
}, TIMEOUT_MS);
afterAll(async () => {
  isOver = true;
  await Promise.all(callers);
  await console.drop();
  await breakwater.close();
  await upstream.close();
});

interface Health {
  readonly providers: readonly { name: string; verdict: string; since: string; why: string; circuit: string }[];
}

const health = async (): Promise<Health['providers'][number]> => {
  const { providers } = jsonOf<Health>(await ask(`${breakwater.url}/health/providers`));
  return providers.find(({ name }) => name === 'moody')!;
};

const card = (): Snapshot['providers'][number] =>
  (console.dataOf('snapshot') as Snapshot[]).at(-1)!.providers.find(({ name }) => name === 'moody')!;

/** The sum of a metric's series about the provider, of those whose labels say so. */
const sumOf = (text: string, name: string, ...labels: string[]): number => {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) && line.includes('="moody"'));
  const chosen = lines.filter((line) => labels.every((label) => line.includes(label)));
  return chosen.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
};

const scrape = async (): Promise<string> => (await ask(`${breakwater.url}/metrics`)).text;

const metric = async (name: string, ...labels: string[]): Promise<number> => sumOf(await scrape(), name, ...labels);

const slowAttempts = async (): Promise<number> => {
  const [text, name] = [await scrape(), 'http_client_request_duration_seconds'];
  return sumOf(text, `${name}_count`) - sumOf(text, `${name}_bucket`, 'le="0.75"');
};

const toldEverywhere = (verdict: string): Promise<void> =>
  eventually(async () => {
    expect(await health()).toMatchObject({ verdict });
    expect(card()).toMatchObject({ verdict });
  }, WITHIN_MS);

describe('an external service that gets into trouble', () => {
  it(
    'is healthy first, then told to be slow, then to be failing: each within 10 s, wherever operators look',
    async () => {
      await toldEverywhere('healthy');
      expect(await slowAttempts()).toBe(0);

      upstream.mood = 'slow';
      const slowFrom = Date.now();
      await toldEverywhere('slow');
      await eventually(async () => expect(await slowAttempts()).toBeGreaterThan(0), WITHIN_MS);
      const slow = await health();
      expect(slow.why).toMatch(/\d+ ms/);
      expect(Math.abs(Date.parse(slow.since) - slowFrom)).toBeLessThan(WITHIN_MS);
      // Nobody else is taken for slow.
      expect(card().errorRatio).toBe(0);

      upstream.mood = 'failing';
      await toldEverywhere('failing');
      const failed = () => metric('http_client_request_duration_seconds_count', 'http_response_status_code="503"');
      await eventually(async () => expect(await failed()).toBeGreaterThan(0), WITHIN_MS);
      const isOpen = () => metric('breakwater_circuit_state', 'state="open"');
      await eventually(async () => expect(await isOpen()).toBe(1), WITHIN_MS);
      expect(await health()).toMatchObject({ lastError: { code: 'upstream_failed', reason: 'status 503' } });
    },
    TIMEOUT_MS,
  );

  it('has the line of a failed request explain it attempt by attempt', async () => {
    upstream.mood = 'failing';
    await ask(`${breakwater.url}/api/v1/probe/patient/state`, { headers: { 'x-request-id': 'explained' } });
    const line = await accessLineOf(breakwater, 'explained');
    const server = upstream.url;
    expect(line).toMatchObject({
      status: 502,
      failure: { code: 'upstream_failed', provider: 'patient', reason: 'status 503' },
      calls: [
        {
          provider: 'patient',
          outcome: 'upstream_failed',
          attempts: [
            { server, status: 503, startedAtMs: expect.any(Number), firstByteMs: expect.any(Number) },
            { server, status: 503, startedAtMs: expect.any(Number), firstByteMs: expect.any(Number) },
            { server, status: 503, startedAtMs: expect.any(Number), firstByteMs: expect.any(Number) },
          ],
          decisions: [
            expect.stringContaining('retried: status 503'),
            expect.stringContaining('retried: status 503'),
            'not retried: attempts made: 3',
            'ended: status 503',
          ],
        },
      ],
    });
  });
});
