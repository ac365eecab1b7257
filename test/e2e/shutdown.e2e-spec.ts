import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callAs } from '../support/caller.ts';
import { eventually } from '../support/eventually.ts';
import { spawnApp, type Exit, type SpawnedApp } from '../support/spawn-app.ts';
import { startFaultServer, type FaultServer } from '../upstreams/fault-server.ts';

/** Well below the 10 s that requests in flight would get, and the 4 s that idle connections are kept. */
const AT_ONCE_MS = 2_500;

let upstream: FaultServer;
let breakwater: SpawnedApp;

beforeEach(async () => {
  upstream = await startFaultServer();
});
afterEach(async () => {
  await breakwater.kill();
  await upstream.close();
});

/** Every call to PokeAPI meets this fault: the first segment of the path names it. */
const start = async (fault: string, env: Record<string, string> = {}): Promise<string> => {
  breakwater = spawnApp({ env: { POKEAPI_URL: `${upstream.url}/${fault}`, POKEAPI_MAX_ATTEMPTS: '1', ...env } });
  return breakwater.ready();
};

const exitAtOnce = async (): Promise<Exit> => {
  await eventually(() => expect(breakwater.hasExited()).toBe(true), AT_ONCE_MS);
  return breakwater.exited;
};

const errorOfConnecting = async (url: string): Promise<string | undefined> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    socket.once('connect', () => resolve(undefined)).once('error', resolve);
  });
  socket.destroy();
  return error?.code;
};

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  it('lets the request in flight finish, refuses new connections, then ends the process with 0', async () => {
    const url = await start('hang', { POKEAPI_ATTEMPT_TIMEOUT_MS: '700' });
    const answer = once(get(`${url}/api/v1/getCharizard`, { agent: false }), 'response') as Promise<[IncomingMessage]>;
    await eventually(() => expect(upstream.received).toBe(1));
    breakwater.signal(signal);
    await breakwater.logged('Stopping');
    await eventually(async () => expect(await errorOfConnecting(url)).toBe('ECONNREFUSED'), AT_ONCE_MS);
    const [response] = await answer;
    response.resume();
    expect(response.statusCode).toBe(504);
    expect(await breakwater.exited).toEqual({ code: 0, signal: null });
    expect(breakwater.logLines().at(-1)).toMatchObject({ msg: 'Stopped' });
    expect(breakwater.stderr()).toBe('');
  });

  it('ends a process that has nothing to do at once', async () => {
    await start('ok');
    breakwater.signal(signal);
    expect(await exitAtOnce()).toEqual({ code: 0, signal: null });
  });
});

describe('a process that is told to stop', () => {
  it('is not held up by an idle connection that is kept alive', async () => {
    const url = await start('ok');
    const agent = new Agent({ keepAlive: true });
    const [response] = (await once(get(`${url}/health/live`, { agent }), 'response')) as [IncomingMessage];
    await once(response.resume(), 'end');
    expect(response.headers.connection).toBe('keep-alive');
    breakwater.signal('SIGTERM');
    await exitAtOnce();
    agent.destroy();
  });

  it('is not held up by the connection that the last answer was sent on', async () => {
    const url = await start('hang', { POKEAPI_ATTEMPT_TIMEOUT_MS: '300' });
    const agent = new Agent({ keepAlive: true });
    const answer = once(get(`${url}/api/v1/getCharizard`, { agent }), 'response') as Promise<[IncomingMessage]>;
    await eventually(() => expect(upstream.received).toBe(1));
    breakwater.signal('SIGTERM');
    const [response] = await answer;
    await once(response.resume(), 'end');
    expect(response.headers.connection).toBe('close');
    await exitAtOnce();
    agent.destroy();
  });

  it('is not held up by a connection that never sent a request', async () => {
    const url = await start('ok');
    const silent = connect(Number(new URL(url).port), '127.0.0.1');
    silent.on('error', () => undefined);
    await once(silent, 'connect');
    breakwater.signal('SIGTERM');
    await exitAtOnce();
    silent.destroy();
  });

  it('is not held up by a request whose caller has left', async () => {
    const url = await start('hang');
    const caller = callAs(`${url}/api/v1/getCharizard`);
    await eventually(() => expect(upstream.received).toBe(1));
    await caller.hangUp();
    await eventually(() => expect(upstream.aborted.length).toBe(1));
    breakwater.signal('SIGTERM');
    await exitAtOnce();
  });

  it('cuts off what takes longer than SHUTDOWN_TIMEOUT_MS, and says so', async () => {
    const url = await start('hang', { SHUTDOWN_TIMEOUT_MS: '300' });
    const caller = callAs(`${url}/api/v1/getCharizard`);
    await eventually(() => expect(upstream.received).toBe(1));
    breakwater.signal('SIGTERM');
    expect(await exitAtOnce()).toEqual({ code: 0, signal: null });
    expect(await caller.ended).toBeUndefined();
    await breakwater.logged('Requests still in flight were cut off');
  });

  it('ends at once when it is told a second time', async () => {
    const url = await start('hang');
    const caller = callAs(`${url}/api/v1/getCharizard`);
    await eventually(() => expect(upstream.received).toBe(1));
    breakwater.signal('SIGTERM');
    await breakwater.logged('Stopping');
    breakwater.signal('SIGTERM');
    expect((await exitAtOnce()).code).toBe(143);
    expect(await caller.ended).toBeUndefined();
  });
});

describe('a process whose upstream', () => {
  it.each([
    ['reset-before', 502, 'upstream_unreachable'],
    ['malformed-chunk', 502, 'upstream_invalid_answer'],
    ['huge-body', 502, 'upstream_invalid_answer'],
  ])('answers by %s lives on', async (fault, status, code) => {
    const url = await start(fault);
    const answer = await fetch(`${url}/api/v1/getCharizard`);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code]);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect(breakwater.stderr()).toBe('');
  });
});
