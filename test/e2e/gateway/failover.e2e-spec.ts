import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, problemOf } from '../../support/ask.ts';
import { startLoad, type ConstantLoad } from '../../support/constant-load.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { serversOf } from '../../support/server-states.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

const EJECTED_MS = 500;
/** Circuits open for 5 s at first: whoever was given up by them too is back after that. */
const BACK_WITHIN_MS = 12_000;

let echoes: EchoServer[];
let gateway: GatewayApp;
let load: ConstantLoad | undefined;

beforeEach(async () => {
  echoes = await Promise.all([startEcho(), startEcho(), startEcho()]);
  gateway = await createGateway([
    {
      name: 'three',
      public: true,
      target: {
        endpoints: echoes.map(({ url }) => url),
        balance: { slowStartMs: 0 },
        ejection: { forMs: EJECTED_MS, maxMs: EJECTED_MS },
      },
    },
  ]);
});

afterEach(async () => {
  await load?.stop();
  await gateway.close();
  await Promise.all(echoes.map((echo) => echo.close()));
});

const url = (path = '/echo'): string => `${gateway.url}/gateway/three${path}`;

const stateOf = async ({ url: id }: EchoServer): Promise<string | undefined> =>
  (await serversOf(gateway.url, 'three')).get(id)?.state;

const expectState = (echo: EchoServer, state: string, withinMs?: number): Promise<void> =>
  eventually(async () => expect(await stateOf(echo)).toBe(state), withinMs);

const answeredSoFar = (): number => load?.answered ?? 0;

/** Until so many more were answered than there are now. */
const afterMore = (answers: number): Promise<void> => {
  const before = answeredSoFar();
  return eventually(() => expect(answeredSoFar()).toBeGreaterThan(before + answers), BACK_WITHIN_MS);
};

const wentElsewhere = (): number =>
  gateway.receipts.flatMap(({ decisions }) => decisions).filter((decision) => decision.startsWith('sent to another'))
    .length;

describe('one server of three, killed under load', () => {
  it('fails nobody, is left out, and is back when its time is over', async () => {
    const [killed] = echoes as [EchoServer];
    load = startLoad(url());
    await afterMore(500);
    await killed.kill();
    await expectState(killed, 'ejected');
    await afterMore(500);
    await killed.revive();
    killed.forget();
    await eventually(() => expect(killed.received).toBeGreaterThan(100), BACK_WITHIN_MS);
    await expectState(killed, 'healthy');
    await load.stop();
    expect(load.failures).toEqual([]);
  }, 30_000);

  it('is asked five times in vain, and then not again before its time is over', async () => {
    const [killed] = echoes as [EchoServer];
    await killed.kill();
    await eventually(async () => {
      expect((await ask(url())).status).toBe(200);
      expect(await stateOf(killed)).toBe('ejected');
    });
    expect(wentElsewhere()).toBe(5);
    const until = performance.now() + EJECTED_MS / 2;
    while (performance.now() < until && (await stateOf(killed)) === 'ejected')
      expect((await ask(url())).status).toBe(200);
    expect(wentElsewhere()).toBe(5);
  });

  it('is left out as well when it takes requests, and resets them', async () => {
    const [resetting] = echoes as [EchoServer];
    load = startLoad(url());
    await afterMore(200);
    resetting.fail('reset');
    await expectState(resetting, 'ejected');
    await afterMore(200);
    await load.stop();
    expect(load.failures).toEqual([]);
  });

  it('is sent no POST that another one was sent', async () => {
    load = startLoad(url('/echo'), { init: (nth) => ({ method: 'POST', body: 'x', headers: { 'x-post': `${nth}` } }) });
    await afterMore(200);
    for (const killed of echoes.slice(0, 2)) {
      killed.fail('reset');
      await afterMore(50);
      await killed.kill();
      await afterMore(100);
    }
    await load.stop();
    const posts = echoes.flatMap(({ requests }) => requests.map(({ headers }) => headers['x-post']));
    expect(posts.length).toBeGreaterThan(400);
    expect(new Set(posts).size).toBe(posts.length);
  }, 30_000);
});

describe('all servers, killed', () => {
  it('mean a problem at once, and no more than that: they are found when they are back', async () => {
    load = startLoad(url());
    await afterMore(200);
    await Promise.all(echoes.map((echo) => echo.kill()));
    await eventually(() => expect(load!.failures.length).toBeGreaterThan(5));
    await load.stop();
    for (let time = 0; time < 20; time += 1) {
      const answer = await ask(url());
      expect([502, 503]).toContain(answer.status);
      expect(['upstream_unreachable', 'circuit_open']).toContain(problemOf(answer).code);
      expect(answer.headers.get('proxy-status')).toMatch(/^breakwater; error=\w+$/);
      // Two backoffs of 50 and 100 ms at most, on a busy machine.
      expect(answer.durationMs).toBeLessThan(4_000);
    }
    await Promise.all(echoes.map((echo) => echo.revive()));
    await eventually(async () => expect((await ask(url())).status).toBe(200), BACK_WITHIN_MS);
    for (const echo of echoes) {
      echo.forget();
      await eventually(async () => {
        expect((await ask(url())).status).toBe(200);
        expect(echo.received).toBeGreaterThan(0);
      }, BACK_WITHIN_MS);
    }
  }, 60_000);
});
