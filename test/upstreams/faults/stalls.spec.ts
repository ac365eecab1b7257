import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startFaultServer, type FaultServer } from '../fault-server.ts';
import { firstBytes, openRaw } from './raw-client.ts';

let server: FaultServer;

beforeEach(async () => {
  server = await startFaultServer();
});
afterEach(() => server.close());

describe('stalls', () => {
  it('hang without a byte until the client gives up', async () => {
    const socket = openRaw(`${server.url}/hang`);
    while (server.received === 0) await new Promise(setImmediate);
    socket.destroy();
    await server.whenAborted('/hang');
    expect(socket.bytesRead).toBe(0);
    expect(server.processed.total).toBe(0);
  });

  it('send headers that never end', async () => {
    const socket = openRaw(`${server.url}/slow-headers`);
    expect(await firstBytes(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\nX-Slow: s*$/);
    expect(await firstBytes(socket)).toMatch(/^s+$/);
    socket.destroy();
  });

  it('drip one byte of the body at a time', async () => {
    const socket = openRaw(`${server.url}/drip`);
    expect(await firstBytes(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n.*Content-Length: 1000\r\n\r\n *$/s);
    expect(await firstBytes(socket)).toMatch(/^ +$/);
    socket.destroy();
    expect(server.processed.total).toBe(1);
  });
});

describe('departures', () => {
  it('tell when a client left, whether asked before or after', async () => {
    const departed = server.whenAborted('/hang/1');
    const controller = new AbortController();
    const answer = fetch(`${server.url}/hang/1?x=y`, { signal: controller.signal }).catch(() => undefined);
    while (server.received === 0) await new Promise(setImmediate);
    const leftAtMs = performance.now();
    controller.abort();
    await answer;
    const abortedAtMs = await departed;
    expect(abortedAtMs).toBeGreaterThanOrEqual(leftAtMs);
    expect(server.aborted).toEqual([{ path: '/hang/1', abortedAtMs }]);
    expect(await server.whenAborted('/hang/1')).toBe(abortedAtMs);
  });

  it('do not include clients that have their whole answer', async () => {
    const socket = openRaw(`${server.url}/ok`);
    await firstBytes(socket);
    socket.destroy();
    while (server.openSockets > 0) await new Promise(setImmediate);
    expect(server.aborted).toEqual([]);
  });

  it('include clients that leave in the middle of a body, and the server stops sending it', async () => {
    const socket = openRaw(`${server.url}/huge-body`);
    await firstBytes(socket);
    socket.destroy();
    await server.whenAborted('/huge-body');
    while (server.openSockets > 0) await new Promise(setImmediate);
  });

  it('spare the effect of a slow answer that nobody waits for', async () => {
    const socket = openRaw(`${server.url}/slow?ms=60000`);
    while (server.received === 0) await new Promise(setImmediate);
    socket.destroy();
    await server.whenAborted('/slow');
    expect(server.processed.total).toBe(0);
  });

  it('have had the effect of a late one', async () => {
    const socket = openRaw(`${server.url}/late?ms=60000`);
    while (server.received === 0) await new Promise(setImmediate);
    socket.destroy();
    await server.whenAborted('/late');
    expect(server.processed.byPath.get('/late')).toBe(1);
  });
});
