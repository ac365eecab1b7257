import { createServer, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startAggregate, type AggregateServer, type AggregateSetup } from '../../../test/support/aggregate-server.ts';
import { ask, askForProblem, jsonOf } from '../../../test/support/ask.ts';
import { eventually } from '../../../test/support/eventually.ts';
import {
  startOrigin,
  type OriginStandIn,
  type OriginStep,
  type Resource,
} from '../../../test/upstreams/origin.stand-in.ts';
import { listenLocally } from '../../../test/upstreams/stand-in.ts';
import { UpstreamError, type UpstreamFailure } from '../../outbound/errors/upstream-error.ts';

let origin: OriginStandIn;
let opened: { close(): Promise<void> }[];
beforeEach(async () => {
  origin = await startOrigin();
  opened = [origin];
});
afterEach(() => Promise.all(opened.map((one) => one.close())));

const start = async (setup: AggregateSetup): Promise<AggregateServer> => {
  const server = await startAggregate(setup);
  opened.push(server);
  return server;
};

const part = ({ path }: Resource, own: Partial<AggregateSetup['parts'][string]> = {}) => ({
  url: origin.url,
  path,
  ...own,
});

const sound = (): Resource => origin.serve({ body: '{"ok":true}' });

/** Behind an upstream that answers bytes of our choice. */
const startUpstream = async (listener: RequestListener): Promise<string> => {
  const { port, close } = await listenLocally(createServer(listener));
  opened.push({ close });
  return `http://127.0.0.1:${port}`;
};

const NOBODY = 'http://127.0.0.1:1';

describe('an aggregate without a required part', () => {
  it.each<[string, OriginStep, string, number]>([
    ['fails', { status: 500 }, 'upstream_failed', 502],
    ['refuses us', { status: 403 }, 'upstream_rejected', 502],
    ['redirects', { status: 302, headers: { location: '/' } }, 'upstream_invalid_answer', 502],
    ['breaks off', 'reset', 'upstream_unreachable', 502],
    ['throttles', { status: 429, headers: { 'retry-after': '7' } }, 'upstream_throttled', 503],
    ['answers a page', { headers: { 'content-type': 'text/html' }, body: '{}' }, 'upstream_invalid_answer', 502],
    ['answers half of its JSON', { body: '{"half":' }, 'upstream_invalid_answer', 502],
    ['answers nothing', { status: 204 }, 'upstream_invalid_answer', 502],
  ])('that %s is a problem that names the provider', async (_what, step, code, status) => {
    const { url } = await start({ parts: { good: part(sound()), bad: part(origin.serve(step)) } });
    const problem = await askForProblem(url);
    expect(problem).toMatchObject({ code, status, provider: 'fixture' });
    if (status === 503) expect(problem.retryAfterMs).toBe(7_000);
  });

  it('that is down is a problem that names the provider', async () => {
    const { url } = await start({ parts: { down: { url: NOBODY }, good: part(sound()) } });
    expect(await askForProblem(url)).toMatchObject({ code: 'upstream_unreachable', provider: 'fixture' });
  });

  it.each([404, 410])('that is not there (%i) is not there itself', async (status) => {
    const { url } = await start({ parts: { good: part(sound()), gone: part(origin.serve({ status })) } });
    const problem = await askForProblem(url);
    expect(problem).toMatchObject({ code: 'not_found', status: 404 });
    expect(problem.detail).toContain('gone');
  });

  it('is there, for all that we know, when it was our token that could not be had', async () => {
    const { url, route } = await start({ parts: { it: part(sound()) } });
    const failure = {
      code: 'upstream_rejected',
      provider: 'authorization',
      operation: 'token',
      reason: '',
      status: 404,
    };
    const error = new UpstreamError(failure as UpstreamFailure);
    Object.assign(route.parts[0]!.target.provider, { send: () => Promise.reject(error) });
    expect(await askForProblem(url)).toMatchObject({ code: 'upstream_rejected', provider: 'authorization' });
  });

  it('that takes longer than its own timeout is a problem', async () => {
    const { url } = await start({ parts: { slow: part(origin.serve('hang'), { timeoutMs: 50 }) } });
    expect(await askForProblem(url)).toMatchObject({ code: 'upstream_timeout', status: 504, provider: 'fixture' });
  });

  it('fails at once, and nobody waits for the others', async () => {
    const [needed, wanted] = [origin.serve('hang'), origin.serve('hang')];
    const areAsked = (): void => expect([needed, wanted].map(({ requests }) => requests.length)).toEqual([1, 1]);
    const bad = await startUpstream((_request, response) => {
      void eventually(areAsked).then(() => response.writeHead(500).end());
    });
    const { url } = await start({
      parts: { needed: part(needed), wanted: part(wanted, { required: false }), bad: { url: bad } },
    });
    expect(await askForProblem(url)).toMatchObject({ code: 'upstream_failed' });
    await eventually(() => expect([needed.aborted, wanted.aborted]).toEqual([1, 1]));
  });
});

describe('an aggregate without an optional part', () => {
  it.each<[string, OriginStep]>([
    ['fails', { status: 500 }],
    ['is not there', { status: 404 }],
    ['breaks off', 'reset'],
    ['answers a page', { headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['hangs', 'hang'],
  ])('that %s names it', async (_what, step) => {
    const bad = part(origin.serve(step), { required: false, timeoutMs: 200 });
    const { url } = await start({ parts: { bad, good: part(sound()), down: { url: NOBODY, required: false } } });
    const answer = await ask(url);
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('{"bad":null,"good":{"ok":true},"down":null,"missing":["bad","down"]}');
  });

  it('is there before its caller has waited too long', async () => {
    const slow = part(origin.serve('hang'), { required: false });
    const { url } = await start({ parts: { slow, good: part(sound()) } });
    const answer = await ask(url, { headers: { 'x-request-timeout-ms': '2000' } });
    expect(jsonOf(answer)).toEqual({ slow: null, good: { ok: true }, missing: ['slow'] });
    expect(answer.durationMs).toBeLessThan(1_900);
  });

  it('is none when that is our own mistake', async () => {
    const { url, route } = await start({ parts: { it: part(sound(), { required: false }) } });
    Object.assign(route.parts[0]!.target.provider, { send: () => Promise.reject(new TypeError()) });
    expect(await askForProblem(url)).toMatchObject({ code: 'internal', status: 500 });
  });
});

it('leaves all upstreams when its caller leaves', async () => {
  const resources = [origin.serve('hang'), origin.serve('hang'), origin.serve('hang')];
  const [first, second, third] = resources.map((resource) => part(resource)) as [never, never, never];
  const { url, logLines } = await start({ parts: { first, second, third } });
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${pathname} HTTP/1.1\r\nhost: here\r\n\r\n`);
  await eventually(() => expect(resources.map(({ requests }) => requests.length)).toEqual([1, 1, 1]));
  socket.destroy();
  await eventually(() => expect(resources.map(({ aborted }) => aborted)).toEqual([1, 1, 1]));
  expect(logLines).toEqual([]);
});
