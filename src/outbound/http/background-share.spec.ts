import { createServer, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildProvider, type BuiltProvider } from '../../../test/support/build-provider.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { RequestContext, runInContext } from '../../platform/context/request-context.ts';
import { path } from './path.ts';

let listening: Listening;
let built: BuiltProvider;
/** What is under way at the upstream, by its path. */
let held: Map<string, ServerResponse>;

const server = createServer(({ url = '' }, response) => {
  held.set(url.slice(1), response);
  response.on('close', () => held.delete(url.slice(1)));
});

beforeAll(async () => {
  listening = await listenLocally(server);
});
afterAll(() => listening.close());
beforeEach(() => {
  held = new Map();
  built = buildProvider({
    baseUrl: `http://127.0.0.1:${listening.port}`,
    maxConcurrent: 8,
    maxQueued: 100,
    queueTimeoutMs: 10_000,
    cache: 'off',
  });
});
afterEach(() => built.provider.close());

const get = (name: string): Promise<void> => built.client.get(path`/${name}`);
const getBehind = (name: string): Promise<void> =>
  runInContext(new RequestContext(name, undefined, Infinity, true), () => get(name));
const begin = (count: number, kind: string, ask: (name: string) => Promise<void>): Promise<void>[] =>
  Array.from({ length: count }, (_, index) => {
    const begun = ask(`${kind}${index}`);
    // A test that fails leaves them behind.
    begun.catch(() => undefined);
    return begun;
  });
const heldOf = (kind: string): number => [...held.keys()].filter((name) => name.startsWith(kind)).length;
const release = (): void => {
  for (const response of held.values()) response.end();
};

describe('calls of background work, beside those of callers', () => {
  it('are a quarter of those under way at most, also when there are many more of them', async () => {
    const behind = begin(50, 'job', getBehind);
    await eventually(() => expect(heldOf('job')).toBe(2));
    const asked = begin(6, 'caller', get);
    await eventually(() => expect(heldOf('caller')).toBe(6));
    expect(heldOf('job')).toBe(2);
    let most = 0;
    const over = Promise.all([...behind, ...asked]);
    const timer = setInterval(() => {
      most = Math.max(most, heldOf('job'));
      release();
    }, 1);
    await over.finally(() => clearInterval(timer));
    expect(most).toBe(2);
  });

  it('that wait are overtaken by every caller', async () => {
    const ended: string[] = [];
    const behind = begin(60, 'job', getBehind).map((one) => one.then(() => ended.push('job')));
    const asked = begin(20, 'caller', get).map((one) => one.then(() => ended.push('caller')));
    const timer = setInterval(release, 1);
    await Promise.all([...behind, ...asked]).finally(() => clearInterval(timer));
    expect(ended.lastIndexOf('caller')).toBeLessThan(50);
  });

  it('that find no room are put off: overloaded, and when to come again', async () => {
    await built.provider.close();
    built = buildProvider({ baseUrl: `http://127.0.0.1:${listening.port}`, maxConcurrent: 4, maxQueued: 0 });
    const [first] = begin(1, 'job', getBehind);
    await eventually(() => expect(heldOf('job')).toBe(1));
    expect(await rejectionOf(getBehind('late'))).toMatchObject({ code: 'overloaded', retryAfterMs: 1_000 });
    const asked = begin(3, 'caller', get);
    await eventually(() => expect(heldOf('caller')).toBe(3));
    release();
    await Promise.all([first, ...asked]);
  });
});
