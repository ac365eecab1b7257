import { createServer, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Metrics } from '../../src/platform/telemetry/metrics.ts';
import { staticToken } from '../../src/outbound/index.ts';
import { ask, jsonOf, problemOf } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { callAs } from '../support/caller.ts';
import { eventually } from '../support/eventually.ts';
import { parseSamples } from '../support/measuring.ts';
import { probe } from '../support/probe.module.ts';
import { listenLocally, type Listening } from '../upstreams/stand-in.ts';

/** An upstream whose first answer to each path hangs, and whose others come at once, but for `/hang` and `/down`. */
let upstream: Listening;
let breakwater: TestApp;
let asked: string[];
let hanging: ServerResponse[];
let leftAlone: number;

const HEDGED = { hedge: 'on', hedgeAfterMs: 20, hedgeMaxShare: 1 } as const;

beforeEach(async () => {
  [asked, hanging, leftAlone] = [[], [], 0];
  const server = createServer((request, response) => {
    const hangs = !asked.includes(request.url!) || request.url === '/hang';
    asked.push(request.url!);
    const headers = { 'content-type': 'application/json', 'cache-control': 'max-age=60' };
    if (request.url!.startsWith('/down')) return response.writeHead(503).end();
    if (!hangs) return response.writeHead(200, headers).end('{"from":"second"}');
    hanging.push(response);
    response.on('close', () => (leftAlone += Number(!response.writableEnded)));
  });
  upstream = await listenLocally(server);
  const baseUrl = `http://127.0.0.1:${upstream.port}`;
  breakwater = await createApp({
    env: { HEDGED_TOKEN: 'a-token-for-the-upstream' },
    imports: [
      probe('hedged', { baseUrl, credential: staticToken(), ...HEDGED }),
      probe('unhedged', { baseUrl, hedge: 'off' }),
    ],
  });
});

afterEach(async () => {
  await breakwater.close();
  await upstream.close();
});

const get = (path: string) => ask(`${breakwater.url}/api/v1/probe/${path}`);

describe('a call whose upstream is late', () => {
  it('is answered by a second attempt, and the connection of the first one is closed at once', async () => {
    const answer = await get('hedged/thing');
    expect(jsonOf(answer)).toEqual({ from: 'second' });
    expect(asked).toEqual(['/thing', '/thing']);
    await eventually(() => expect(leftAlone).toBe(1));
    const [receipt] = breakwater.receipts;
    expect(receipt).toMatchObject({ hedge: 'won', outcome: 'answered', status: 200, circuit: 'closed' });
    expect(receipt!.attempts).toMatchObject([
      { code: 'cancelled', error: 'another attempt was faster', sentMs: expect.any(Number) },
      { isHedge: true, status: 200, firstByteMs: expect.any(Number) },
    ]);
    expect(receipt!.attempts[0]).not.toHaveProperty('firstByteMs');
    expect(breakwater.logLines.join('')).not.toContain('An upstream call was retried');
  });

  it('is stored once, and shared by all who wait for it', async () => {
    const answers = await Promise.all([get('hedged/thing'), get('hedged/thing'), get('hedged/thing')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await get('hedged/thing')).status).toBe(200);
    expect(asked).toEqual(['/thing', '/thing']);
  });

  it('is counted by what became of it', async () => {
    await get('hedged/thing');
    await eventually(async () => {
      const samples = parseSamples(await breakwater.app.get(Metrics).scrape());
      const labels = samples.filter(({ name }) => name === 'breakwater_call_hedges_total').map((one) => one.labels);
      expect(labels).toMatchObject([{ breakwater_provider: 'hedged', breakwater_result: 'won' }]);
      expect(samples.some(({ name }) => name === 'breakwater_call_retries_total')).toBe(false);
    });
  });

  it('ends both attempts when its caller leaves', async () => {
    const caller = callAs(`${breakwater.url}/api/v1/probe/hedged/hang`);
    await eventually(() => expect(hanging.length).toBe(2));
    await caller.hangUp();
    await eventually(() => expect(leftAlone).toBe(2));
  });

  it('waits where nobody asked for a second attempt', async () => {
    const answer = get('unhedged/thing');
    await eventually(() => expect(hanging.length).toBe(1));
    hanging[0]!.writeHead(200, { 'content-type': 'application/json' }).end('{"from":"first"}');
    expect(jsonOf(await answer)).toEqual({ from: 'first' });
    expect(asked).toEqual(['/thing']);
  });

  it('is sent once where it may have effects', async () => {
    const answer = ask(`${breakwater.url}/api/v1/probe/hedged/thing`, { method: 'POST' });
    await eventually(() => expect(hanging.length).toBe(1));
    hanging[0]!.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    expect((await answer).status).toBe(200);
    expect(asked).toEqual(['/thing']);
  });

  it('fails as it would without', async () => {
    expect(problemOf(await get('hedged/down'))).toMatchObject({ status: 502, code: 'upstream_failed' });
  });
});
