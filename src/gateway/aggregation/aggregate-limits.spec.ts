import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startAggregate, type AggregateServer, type AggregateSetup } from '../../../test/support/aggregate-server.ts';
import { ask, askForProblem, jsonOf } from '../../../test/support/ask.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { startOrigin, type OriginStandIn, type Resource } from '../../../test/upstreams/origin.stand-in.ts';
import { listenLocally } from '../../../test/upstreams/stand-in.ts';

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

describe('what a part may not be', () => {
  it('is larger than its provider allows', async () => {
    const large = await startUpstream((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(10_485_760)}"`);
    });
    const { url } = await start({ parts: { good: part(sound()), large: { url: large, required: false } } });
    expect(jsonOf(await ask(url))).toEqual({ good: { ok: true }, large: null, missing: ['large'] });
  });

  it('is other than UTF-8', async () => {
    const latin = await startUpstream((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from('"Flabébé"', 'latin1'));
    });
    const { url } = await start({ parts: { latin: { url: latin } } });
    expect(await askForProblem(url)).toMatchObject({ code: 'upstream_invalid_answer' });
  });
});

describe('parts that are too large together', () => {
  const five = (): Resource => origin.serve({ body: '"345"' });
  const limited = { maxBytes: 12 };

  it('are a problem when all are required', async () => {
    const parts = { a: part(five()), b: part(five()), c: part(five()) };
    const { url } = await start({ parts, route: { response: limited } });
    expect(await askForProblem(url)).toMatchObject({ code: 'upstream_invalid_answer', provider: 'fixture' });
  });

  it('are what is required, and as many others as there is room for', async () => {
    const optional = { required: false };
    const parts = { a: part(five(), optional), b: part(five(), optional), c: part(five()) };
    const { url } = await start({ parts, route: { response: limited } });
    expect((await ask(url)).text).toBe('{"a":"345","b":null,"c":"345","missing":["b"]}');
  });
});

it('refuses what is more than the route takes at a time, and takes the next when there is room', async () => {
  const slow = origin.serve('hang', { body: '1' });
  const { url } = await start({ parts: { slow: part(slow) }, route: { maxConcurrent: 1 } });
  const leaving = new AbortController();
  const first = ask(url, { signal: leaving.signal }).catch(() => undefined);
  await eventually(() => expect(slow.requests).toHaveLength(1));
  expect(await askForProblem(url)).toMatchObject({ code: 'overloaded', status: 503, retryAfterMs: 1_000 });
  leaving.abort();
  await first;
  await eventually(async () => expect((await ask(url)).status).toBe(200));
});

it('ends at the deadline of the request, and the problem is whole', async () => {
  const slow = origin.serve('hang');
  const { url } = await start({ parts: { slow: part(slow) } });
  const problem = await askForProblem(url, { headers: { 'x-request-timeout-ms': '100' } });
  expect(problem).toMatchObject({ code: 'upstream_timeout', status: 504 });
  await eventually(() => expect(slow.aborted).toBe(1));
});

it('does not take in what a caller sends with a GET', async () => {
  const clock = new FakeClock();
  const { url } = await start({ parts: { good: part(sound()) }, clock });
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${pathname} HTTP/1.1\r\nhost: here\r\ncontent-length: 1000000\r\n\r\nso much`);
  const [head] = (await once(socket, 'data')) as [Buffer];
  expect(head.toString()).toMatch(/^HTTP\/1\.1 200 /);
  await eventually(() => expect(clock.pending).toBe(1));
  const closed = once(socket.resume(), 'close');
  await clock.advance(5_000);
  await closed;
});
