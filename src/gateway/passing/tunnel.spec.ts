import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { atAHalt } from '../../../test/support/at-a-halt.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { openTunnel, type Tunnel, type TunnelParts } from './tunnel.ts';

let listening: Listening;
let accept: (socket: Socket) => void;
const server = createServer({ allowHalfOpen: true }, (socket) => accept(socket));
let clock: FakeClock;
let opened: Socket[];

beforeAll(async () => {
  listening = await listenLocally(server);
});
afterAll(() => listening.close());
beforeEach(() => {
  clock = new FakeClock();
  opened = [];
});
afterEach(() => opened.forEach((socket) => void socket.destroy()));

/** Both ends of a connection: what somebody out there holds, and what we have of it. */
const link = async (): Promise<{ far: Socket; near: Socket }> => {
  const accepted = new Promise<Socket>((resolve) => (accept = resolve));
  const near = connect({ port: listening.port, host: '127.0.0.1' });
  const far = await accepted;
  opened.push(near, far);
  far.on('error', () => undefined);
  return { far, near };
};

/** The caller and the upstream as they are out there, and the tunnel between them. */
const open = async (more: Partial<TunnelParts> = {}) => {
  const [left, right] = [await link(), await link()];
  const parts = { caller: left.near, upstream: right.near, callerHead: Buffer.alloc(0), idleMs: 1_000, clock, ...more };
  return { caller: left.far, upstream: right.far, ends: [left.near, right.near], tunnel: openTunnel(parts) };
};

const heard = async (socket: Socket): Promise<string> => String((await once(socket, 'data'))[0]);

/** How it ended; nothing of it is left. */
const reportOf = async (tunnel: Tunnel, ends: readonly Socket[]) => {
  const report = await tunnel.closed;
  expect([clock.pending, ends.every(({ destroyed }) => destroyed)]).toEqual([0, true]);
  for (const end of ends) {
    const left = ['data', 'drain', 'error'].map((event) => end.listenerCount(event));
    expect(left).toEqual([0, 0, 0]);
  }
  return report;
};

describe('a tunnel', () => {
  it('says to each side what the other one says, and first what was said before', async () => {
    const { caller, upstream, ends, tunnel } = await open({ callerHead: Buffer.from('first, ') });
    expect(await heard(upstream)).toBe('first, ');
    caller.write('hello');
    expect(await heard(upstream)).toBe('hello');
    upstream.write('you too');
    expect(await heard(caller)).toBe('you too');
    caller.end();
    upstream.end();
    expect(await reportOf(tunnel, ends)).toEqual({ reason: 'ended', sent: 12, received: 7 });
  });

  it.each(['caller', 'upstream'] as const)('lets the %s go on listening when it has said all', async (first) => {
    const { caller, upstream, ends, tunnel } = await open();
    const [quiet, other] = first === 'caller' ? [caller, upstream] : [upstream, caller];
    quiet.end('bye');
    expect(await text(other)).toBe('bye');
    other.write('one more');
    expect(await heard(quiet)).toBe('one more');
    other.end(' thing');
    expect(await text(quiet)).toBe(' thing');
    expect(await reportOf(tunnel, ends)).toMatchObject({ reason: 'ended' });
  });

  it.each(['caller', 'upstream'] as const)('fails when the %s breaks off, and the other one is told', async (first) => {
    const { caller, upstream, ends, tunnel } = await open();
    const [breaking, other] = first === 'caller' ? [caller, upstream] : [upstream, caller];
    breaking.resetAndDestroy();
    expect(await reportOf(tunnel, ends)).toMatchObject({ reason: 'failed' });
    other.resume();
    await eventually(() => expect(other.readableEnded || other.destroyed).toBe(true));
  });

  it('fails when one side has gone before it is open', async () => {
    const { near } = await link();
    near.destroy();
    await once(near, 'close');
    const { ends, tunnel } = await open({ upstream: near });
    expect(await reportOf(tunnel, [ends[0]!, near])).toMatchObject({ reason: 'failed' });
  });

  it('ends when nothing is said for too long, either way', async () => {
    const { caller, upstream, ends, tunnel } = await open();
    for (const [from, to] of [
      [caller, upstream],
      [upstream, caller],
    ] as const) {
      await clock.advance(999);
      from.write('still here');
      await heard(to);
    }
    await clock.advance(999);
    expect(caller.readableEnded).toBe(false);
    await clock.advance(1);
    expect(await reportOf(tunnel, ends)).toEqual({ reason: 'idle', sent: 10, received: 10 });
  });

  it('ends when it is told to', async () => {
    const { ends, tunnel } = await open();
    tunnel.close();
    tunnel.close();
    expect(await reportOf(tunnel, ends)).toMatchObject({ reason: 'aborted' });
    const controller = new AbortController();
    const aborted = await open({ signal: controller.signal });
    controller.abort();
    expect(await reportOf(aborted.tunnel, aborted.ends)).toMatchObject({ reason: 'aborted' });
    const late = await open({ signal: controller.signal });
    expect(await reportOf(late.tunnel, late.ends)).toMatchObject({ reason: 'aborted' });
  });

  it('takes in no more than the other side listens to', async () => {
    const { caller, upstream, ends, tunnel } = await open();
    const piece = Buffer.alloc(64 * 1024, 'x');
    let written = 0;
    const pour = (): void => {
      while (written < 400) if (((written += 1), !caller.write(piece))) return void caller.once('drain', pour);
      caller.end();
    };
    pour();
    expect(await atAHalt(() => written)).toBeLessThan(400);
    upstream.end();
    let length = 0;
    for await (const chunk of upstream) length += (chunk as Buffer).length;
    expect(length).toBe(400 * piece.length);
    expect(await reportOf(tunnel, ends)).toMatchObject({ reason: 'ended', sent: length });
  });
});
