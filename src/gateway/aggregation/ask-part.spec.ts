import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  startAggregate,
  type AggregateServer,
  type PartSetup,
  type RouteSetup,
} from '../../../test/support/aggregate-server.ts';
import { ask, jsonOf } from '../../../test/support/ask.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { listenLocally } from '../../../test/upstreams/stand-in.ts';
import type { Call } from '../../outbound/http/call.ts';
import type { UpstreamTarget } from '../routes/target-options.ts';

/** A request as the upstream saw it. */
interface Seen {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

let upstream: string;
let opened: { close(): Promise<void> }[];
beforeEach(async () => {
  opened = [];
  upstream = await startUpstream(({ url, headers }, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'theirs=1', 'x-theirs': '1' });
    response.end(JSON.stringify({ url, headers }));
  });
});
afterEach(() => Promise.all(opened.map((one) => one.close())));

const startUpstream = async (listener: RequestListener): Promise<string> => {
  const { port, close } = await listenLocally(createServer(listener));
  opened.push({ close });
  return `http://127.0.0.1:${port}`;
};

const start = async (
  route: RouteSetup = {},
  name = 'ditto',
  own: Partial<PartSetup> = {},
): Promise<AggregateServer> => {
  const it = { url: `${upstream}/base`, path: '/a/{name}/b', ...own };
  const server = await startAggregate({ parts: { it }, route, name });
  opened.push(server);
  return server;
};

const seenBy = async (url: string, headers: Readonly<Record<string, string>> = {}): Promise<Seen> =>
  jsonOf<{ it: Seen }>(await ask(url, { headers })).it;

describe('the path of a part', () => {
  it('has what the request has in the place of a name, encoded as it came', async () => {
    const { url } = await start({}, 'mr%20mime%3F');
    expect((await seenBy(url)).url).toBe('/base/a/mr%20mime%3F/b');
  });

  it('has the query of the request', async () => {
    const { url } = await start();
    expect((await seenBy(`${url}?limit=1&limit=%20&?=?`)).url).toBe('/base/a/ditto/b?limit=1&limit=%20&?=?');
  });
});

describe('the headers that a part is asked with', () => {
  it('are those of the caller, as they pass through any route', async () => {
    const { url } = await start();
    const { headers } = await seenBy(url, { 'x-tenant': 'acme', 'accept-language': 'de', authorization: 'Bearer x' });
    expect(headers).toMatchObject({
      'x-tenant': 'acme',
      'accept-language': 'de',
      'x-forwarded-prefix': '/gateway/both',
    });
    expect(headers).toHaveProperty('x-request-id');
    expect(headers).not.toHaveProperty('authorization');
  });

  it('ask for JSON, in any coding that we understand', async () => {
    const { url } = await start();
    const { headers } = await seenBy(url, { accept: 'text/html', 'accept-encoding': 'compress' });
    expect(headers).toMatchObject({ accept: 'application/json', 'accept-encoding': 'gzip, br, zstd, deflate' });
  });

  it('ask for what the route says, where it says more', async () => {
    const { url } = await start({ request: { headers: { set: { accept: 'a/b' }, add: {}, remove: ['x-tenant'] } } });
    const { headers } = await seenBy(url, { accept: 'text/html', 'x-tenant': 'acme' });
    expect(headers['accept']).toBe('a/b');
    expect(headers).not.toHaveProperty('x-tenant');
  });

  it('have nothing of what the caller wants of the whole', async () => {
    const { url } = await start();
    const ofTheWhole = { range: 'bytes=0-1', 'if-none-match': '"x"', 'if-modified-since': new Date().toUTCString() };
    const { headers } = await seenBy(url, { ...ofTheWhole, 'content-type': 'text/plain' });
    for (const name of [...Object.keys(ofTheWhole), 'content-type']) expect(headers).not.toHaveProperty(name);
  });
});

describe('the headers of the answer', () => {
  it('are none of the upstreams, but those that the route says', async () => {
    const { url } = await start({
      response: { headers: { set: { 'x-a': '1', vary: 'x-b' }, add: { vary: 'x-c' }, remove: [] } },
    });
    const { headers } = await ask(url);
    expect(headers.get('x-theirs') ?? headers.get('set-cookie')).toBeNull();
    expect(headers.get('x-a')).toBe('1');
    expect(headers.get('vary')).toMatch(/^x-b, ?x-c\b/);
  });
});

it('goes to the server that is chosen by what the request says', async () => {
  const balance = { method: 'hash', hashBy: { header: 'x-tenant' }, slowStartMs: 0 } as const;
  const target = { kind: 'upstream', balance } as unknown as UpstreamTarget;
  const { route, url } = await start({}, 'ditto', { target });
  const { provider } = route.parts[0]!.target;
  const affinities: (string | undefined)[] = [];
  const { send } = provider;
  Object.assign(provider, { send: (call: Call) => (affinities.push(call.affinity), send(call)) });
  await ask(url, { headers: { 'x-tenant': 'acme' } });
  await ask(url);
  expect(affinities).toEqual(['acme', '/base/a/ditto/b']);
});

it('keeps what it asks open until it has been answered, though no new request leads there', async () => {
  const held: ServerResponse[] = [];
  const slow = await startUpstream((_request, response) => void held.push(response));
  const server = await startAggregate({ parts: { slow: { url: slow } } });
  opened.push(server);
  const asked = ask(server.url);
  await eventually(() => expect(held).toHaveLength(1));
  server.route.parts[0]!.target.retire();
  expect(server.closed).toEqual([]);
  held[0]!.end('1');
  expect((await asked).status).toBe(200);
  expect(server.closed).toEqual(['slow']);
});
