import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SessionReader } from '../../../src/inbound/authentication/session-reader.ts';
import { TokenVerifier } from '../../../src/inbound/authentication/token-verifier.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';
import { callerOf, KnownSessions, KnownTokens } from '../authentication/known-callers.ts';

let echo: EchoServer;
let gateway: GatewayApp;
let tokens: KnownTokens;

const start = async (...routes: readonly object[]): Promise<void> => {
  tokens = new KnownTokens({});
  gateway = await createGateway(routes, {
    override: (builder) =>
      builder
        .overrideProvider(TokenVerifier)
        .useValue(tokens)
        .overrideProvider(SessionReader)
        .useValue(new KnownSessions({})),
  });
};

const loads = (): number => gateway.logLines.filter((line) => line.includes('Gateway routes loaded')).length;
const reload = async (...routes: readonly object[]): Promise<void> => {
  const before = loads();
  await gateway.write(routes);
  await eventually(() => expect(loads()).toBeGreaterThan(before));
};

beforeEach(async () => {
  echo = await startEcho();
});
afterEach(async () => {
  await gateway.close();
  await echo.close();
});

describe('a request whose caller is being asked about while the routes change', () => {
  const asked = (): { answer: () => void } => {
    const gate = Promise.withResolvers<void>();
    tokens.answer = async () => {
      await gate.promise;
      return { caller: callerOf('ada', ['read']) };
    };
    return { answer: () => gate.resolve() };
  };
  const get = (): Promise<Response> =>
    fetch(`${gateway.url}/gateway/one/echo`, { headers: { authorization: 'Bearer x' } });
  const one = (more: object = {}): object => ({ name: 'one', target: { endpoints: [echo.url] }, ...more });

  it('is answered, though the target of its route is another by then', async () => {
    await start(one());
    const { answer } = asked();
    const answered = get();
    await eventually(() => expect(tokens.asked).toHaveLength(1));
    await reload(one({ timeouts: { connectMs: 1_234 } }));
    answer();
    expect((await answered).status).toBe(200);
  });

  it('needs what its route asks for by then', async () => {
    await start(one());
    const { answer } = asked();
    const answered = get();
    await eventually(() => expect(tokens.asked).toHaveLength(1));
    await reload(one({ scopes: ['write'] }));
    answer();
    expect([(await answered).status, echo.received]).toEqual([403, 0]);
  });

  it('is refused when there is no such route by then', async () => {
    await start(one());
    const { answer } = asked();
    const answered = get();
    await eventually(() => expect(tokens.asked).toHaveLength(1));
    await reload({ ...one(), name: 'two' });
    answer();
    expect([(await answered).status, echo.received]).toEqual([404, 0]);
  });
});

describe('a request that is under way', () => {
  const open = (more: object = {}): object => ({
    name: 'open',
    public: true,
    target: { endpoints: [echo.url] },
    ...more,
  });
  const get = (path: string): Promise<Response> => fetch(`${gateway.url}/gateway/open${path}`);

  it('ends as it began while its route is taken away', async () => {
    await start(open());
    const answered = get('/hang');
    const begun = await get('/head-then-hang');
    await eventually(() => expect(echo.received).toBe(2));
    await reload();
    expect((await get('/echo')).status).toBe(404);
    echo.release();
    expect([(await answered).status, await begun.text()]).toEqual([200, 'released']);
    await eventually(() => expect(echo.connections).toBe(0));
  });

  it('ends as it began while the application stops; then the upstream is left', async () => {
    await start(open());
    const answered = get('/hang');
    const begun = await get('/head-then-hang');
    await eventually(() => expect(echo.received).toBe(2));
    const closed = gateway.app.close();
    await eventually(() => expect(gateway.app.getHttpServer()).toMatchObject({ listening: false }));
    echo.release();
    expect([(await answered).status, await begun.text()]).toEqual([200, 'released']);
    await closed;
    await eventually(() => expect(echo.connections).toBe(0));
  });
});
