import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { serversOf, upstreamsOf } from '../../support/server-states.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

let echoes: EchoServer[];
let gateway: GatewayApp;

/** Under which number the routes are known that answer now. */
const GENERATION = 'x-generation';

const routeTo = (endpoints: readonly EchoServer[], generation = 1, rest: object = {}) => ({
  name: 'some',
  public: true,
  target: {
    endpoints: endpoints.map(({ url }) => url),
    ejection: { forMs: 600_000, maxMs: 600_000 },
  },
  response: { headers: { set: { [GENERATION]: String(generation) } } },
  ...rest,
});

beforeEach(async () => {
  echoes = await Promise.all([startEcho(), startEcho()]);
  gateway = await createGateway([routeTo([echoes[0]!])]);
});
afterEach(async () => {
  await gateway.close();
  await Promise.all(echoes.map((echo) => echo.close()));
});

const url = (path = '/echo'): string => `${gateway.url}/gateway/some${path}`;

const expectGeneration = (generation: number): Promise<void> =>
  eventually(async () => expect((await ask(url())).headers.get(GENERATION)).toBe(String(generation)));

const expectLogged = (text: RegExp): Promise<void> => eventually(() => expect(gateway.logLines.join('')).toMatch(text));

/** The head of it is there. */
const begin = (): Promise<Response> => fetch(url('/head-then-hang'));

describe('a file that cannot be used', () => {
  it.each([
    ['is no YAML', 'routes: ['],
    ['says nothing', ''],
    ['is half there', 'routes:\n  - name: some\n    public: true\n'],
  ])('because it %s leaves the routes as they are', async (_why, text) => {
    await gateway.write(text);
    await expectLogged(/routes cannot be used/);
    await expectGeneration(1);
    await gateway.write([routeTo([echoes[0]!], 2)]);
    await expectGeneration(2);
  });

  it('is told with every mistake at once', async () => {
    const [one, other] = [routeTo([echoes[0]!]), routeTo([echoes[1]!], 1, { name: 'other' })];
    await gateway.write([
      { ...one, colour: 'red' },
      { ...other, name: 'Not A Name', retries: -1 },
    ]);
    await expectLogged(/routes cannot be used/);
    const line = gateway.logLines.find((logged) => logged.includes('routes cannot be used'))!;
    const { mistakes } = JSON.parse(line) as { mistakes: string[] };
    const said = mistakes.map((mistake) => mistake.replace(`GATEWAY_ROUTES=${gateway.path}: `, ''));
    expect(said.toSorted()).toEqual([
      expect.stringMatching(/^routes\[0\]: there is no "colour"/),
      expect.stringMatching(/^routes\[1\]\.name: /),
      expect.stringMatching(/^routes\[1\]\.retries: /),
    ]);
    await expectGeneration(1);
  });

  it('because it is gone leaves the routes as they are, and works when it is back', async () => {
    await rm(gateway.path);
    await expectLogged(/cannot be read: ENOENT/);
    await expectGeneration(1);
    await gateway.write([routeTo([echoes[0]!], 2)]);
    await expectGeneration(2);
  });
});

describe('a route that is there no more', () => {
  it('is not found, and what it has begun goes on to its end', async () => {
    const stream = await begin();
    await gateway.write([routeTo([echoes[1]!], 1, { name: 'other' })]);
    await eventually(async () => expect((await ask(url())).status).toBe(404));
    echoes[0]!.release();
    expect(await stream.text()).toBe('released');
    await eventually(() => expect(echoes[0]!.connections).toBe(0));
    await eventually(async () =>
      expect([...(await upstreamsOf(gateway.url)).keys()].filter((name) => name.startsWith('gateway.'))).toEqual([
        'gateway.other',
      ]),
    );
  });
});

describe('a route that leads elsewhere', () => {
  it('does so at once, and closes its old connections when their last answer has ended', async () => {
    const [old, next] = echoes as [EchoServer, EchoServer];
    const stream = await begin();
    await gateway.write([routeTo([next], 2)]);
    await expectGeneration(2);
    const before = old.received;
    expect((await ask(url())).status).toBe(200);
    expect(next.received).toBeGreaterThan(0);
    expect([old.received, old.connections > 0]).toEqual([before, true]);
    old.release();
    expect(await stream.text()).toBe('released');
    await eventually(() => expect(old.connections).toBe(0));
    expect([...(await serversOf(gateway.url, 'some')).keys()]).toEqual([next.url]);
  });
});

describe('a route that leads where it did', () => {
  it('keeps its connections, and what is known of its servers', async () => {
    const [kept, killed] = echoes as [EchoServer, EchoServer];
    await gateway.write([routeTo(echoes, 2)]);
    await expectGeneration(2);
    await killed.kill();
    const stateOfKilled = async () => (await serversOf(gateway.url, 'some')).get(killed.url)?.state;
    await eventually(async () => {
      await ask(url());
      expect(await stateOfKilled()).toBe('ejected');
    });
    const before = kept.connectionsMade;
    await gateway.write([routeTo(echoes, 3)]);
    await expectGeneration(3);
    expect(await stateOfKilled()).toBe('ejected');
    expect(kept.connectionsMade).toBe(before);
  });
});
