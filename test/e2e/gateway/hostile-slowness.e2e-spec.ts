import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { converse, type Conversation } from '../../support/raw-conversation.ts';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';

const PLACES = 20;

let raw: RawGateway;
beforeAll(async () => {
  raw = await startRawGateway(({ url }) => ({
    name: 'slow',
    public: true,
    target: { endpoints: [url] },
    timeouts: { idleMs: 200 },
    maxConcurrent: PLACES,
  }));
});
beforeEach(() => raw.forget());
afterAll(() => raw.close());

const open = async (bytes: string): Promise<Conversation> => {
  const caller = await converse(raw.gateway.url);
  caller.say(bytes);
  return caller;
};

const many = (count: number, bytes: string): Promise<Conversation[]> =>
  Promise.all(Array.from({ length: count }, () => open(bytes)));

const ofServer = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = raw.gateway.app.getHttpServer() as {
      getConnections(tell: (error: unknown, count: number) => void): void;
    };
    server.getConnections((error, count) => (error ? reject(new Error('no count')) : resolve(count)));
  });

describe('who sends half a request', () => {
  it('hinders nobody, however often, and leaves nothing behind', async () => {
    const callers = [
      ...(await many(100, 'GET /gateway/open/echo HTTP/1.1\r\nHost: te')),
      ...(await many(100, 'G')),
      ...(await many(100, '')),
    ];
    await raw.expectUnreached();
    for (const caller of callers) caller.hangUp();
    // One may be kept by the client that asked whether all is well.
    await eventually(async () => expect(await ofServer()).toBeLessThan(5));
  });

  it('has asked for nothing when it leaves', async () => {
    const caller = await open(head('GET /gateway/open/echo').slice(0, -2));
    caller.hangUp();
    await caller.closed;
    await raw.expectUnreached();
  });
});

describe('who does not send its body', () => {
  const post = head('POST /gateway/slow/upload', 'Content-Length: 100000');

  it('is told so, and the upstream is left', async () => {
    const caller = await open(`${post}some`);
    await caller.hears('HTTP/1.1 408 ');
    expect(caller.heard()).toContain('application/problem+json');
    await eventually(() => expect(raw.only()).toMatchObject({ complete: false, aborted: true }));
    caller.hangUp();
    await raw.expectHealthy();
  });

  it('reaches no upstream where the request could be repeated: that one is sent whole', async () => {
    const caller = await open(`${head('PUT /gateway/slow/upload', 'Content-Length: 100')}some`);
    await caller.hears('HTTP/1.1 408 ');
    caller.hangUp();
    await raw.expectUnreached();
  });

  it('takes a place no longer than that', async () => {
    const callers = await many(PLACES, `${post}some`);
    await Promise.all(callers.map((caller) => caller.hears('HTTP/1.1 408 ')));
    expect((await raw.say(head('GET /gateway/slow/echo', 'Connection: close'))).status).toBe(200);
    for (const caller of callers) caller.hangUp();
    await raw.expectHealthy();
  });

  it('and leaves, frees the upstream', async () => {
    const caller = await open(`${head('POST /gateway/open/upload', 'Transfer-Encoding: chunked')}4\r\nsome\r\n`);
    await eventually(() => expect(raw.echo.requests).toMatchObject([{ bodyBytes: 4 }]));
    caller.hangUp();
    await eventually(() => expect(raw.only()).toMatchObject({ complete: false, aborted: true }));
    await raw.expectHealthy();
  });
});

describe('who does not take its answer', () => {
  it('and leaves, frees the upstream', async () => {
    const callers = await many(PLACES, head('GET /gateway/slow/hang'));
    await eventually(() => expect(raw.echo.requests).toHaveLength(PLACES));
    expect((await raw.say(head('GET /gateway/slow/echo', 'Connection: close'))).status).toBe(503);
    for (const caller of callers) caller.hangUp();
    await eventually(() => expect(raw.echo.requests.filter(({ aborted }) => aborted)).toHaveLength(PLACES));
    expect((await raw.say(head('GET /gateway/slow/echo', 'Connection: close'))).status).toBe(200);
  });

  it('asks for much in one breath, and leaves: nothing is left of any', async () => {
    const caller = connect(Number(new URL(raw.gateway.url).port), '127.0.0.1').pause();
    caller.write(head('GET /gateway/slow/bytes/50000000').repeat(5));
    await eventually(() => expect(raw.echo.requests).toHaveLength(5));
    caller.destroy();
    await eventually(() => expect(raw.echo.requests.filter(({ aborted }) => aborted)).toHaveLength(5));
    await raw.expectHealthy();
  });

  it('behind another that hangs, and leaves: nothing is left of either', async () => {
    const caller = await open(head('GET /gateway/open/hang') + head('GET /gateway/open/bytes/50000000'));
    await eventually(() => expect(raw.echo.requests).toHaveLength(2));
    caller.hangUp();
    await eventually(() => expect(raw.echo.requests.filter(({ aborted }) => aborted)).toHaveLength(2));
    await eventually(() =>
      expect(raw.gateway.logLines.filter((line) => line.includes('"status":499'))).not.toEqual([]),
    );
    await raw.expectHealthy();
  });
});
