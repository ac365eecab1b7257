import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { sha256OfPattern, startEcho, type EchoServer } from '../upstreams/echo.stand-in.ts';
import { startGatewayProcess, type GatewayProcess } from './gateway-process.ts';
import { openDownload, openUpload, readAll } from './large-transfers.ts';

const GIBIBYTE = 1_073_741_824;
const MAX_GROWTH_BYTES = 60_000_000;
/** Four sockets with the system's buffers, and what the gateway itself holds. */
const MAX_ON_THE_WAY_BYTES = 24_000_000;
const READERS = 32;
const TIMEOUT_MS = 180_000;

/** How long nothing has to happen for it to be rest. */
const RESTED_LOOKS = 60;

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

/** Waits until a number does not change any more. @returns it */
const atRest = async (read: () => number): Promise<number> => {
  let [before, looks] = [-1, 0];
  await eventually(() => {
    const now = read();
    looks = now === before ? looks + 1 : 0;
    before = now;
    expect(looks).toBeGreaterThan(RESTED_LOOKS);
  }, TIMEOUT_MS / 3);
  return before;
};

describeOnLinux.each(['HTTP/1.1', 'HTTP/2'])('one gibibyte, with an upstream that speaks %s', (protocol) => {
  let echo: EchoServer;
  let gateway: GatewayProcess;

  beforeEach(async () => {
    echo = await startEcho({ h2: protocol === 'HTTP/2' });
    const endpoint = echo.url.replace('127.0.0.1', 'localhost');
    const target = { endpoints: [endpoint], network: 'private' };
    const timeouts = { attemptMs: TIMEOUT_MS, callMs: TIMEOUT_MS };
    const routes = [{ name: 'big', public: true, target, timeouts, request: { maxBytes: 2 * GIBIBYTE } }];
    gateway = await startGatewayProcess(routes, echo.certificate);
    echo.forget();
  }, TIMEOUT_MS);
  afterEach(async () => {
    await gateway.stop();
    await echo.close();
  });

  const url = (path: string): string => `${gateway.url}/gateway/big${path}`;
  const taken = (): number => echo.requests.reduce((sum, { bytesTaken }) => sum + bytesTaken, 0);

  it.each(['', '?chunked'])(
    'comes down as it is, in little memory: %s',
    async (query) => {
      const response = await openDownload(url(`/bytes/${GIBIBYTE}${query}`));
      expect(await readAll(response)).toEqual({ bytes: GIBIBYTE, sha256: sha256OfPattern(GIBIBYTE) });
      expect(echo.requests[0]!.httpVersion).toBe(protocol === 'HTTP/2' ? '2.0' : '1.1');
      expect(gateway.growth()).toBeLessThan(MAX_GROWTH_BYTES);
    },
    TIMEOUT_MS,
  );

  it(
    'goes up as it is, in little memory',
    async () => {
      const response = await openUpload(url('/upload'), GIBIBYTE).answer;
      const told = JSON.parse((await response.setEncoding('utf8').toArray()).join('')) as object;
      expect(told).toMatchObject({ bytes: GIBIBYTE, sha256: sha256OfPattern(GIBIBYTE) });
      expect(gateway.growth()).toBeLessThan(MAX_GROWTH_BYTES);
    },
    TIMEOUT_MS,
  );

  it(
    `comes down no faster than it is read, by ${READERS} readers at once as by one`,
    async () => {
      const responses = await Promise.all(
        Array.from({ length: READERS }, () => openDownload(url(`/bytes/${GIBIBYTE}`))),
      );
      expect(await atRest(taken)).toBeLessThan(READERS * MAX_ON_THE_WAY_BYTES);
      const [reader] = responses;
      let read = 0;
      const before = echo.requests.map(({ bytesTaken }) => bytesTaken);
      for await (const chunk of reader!.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        read += chunk.length;
        if (read > GIBIBYTE / 8) break;
      }
      await atRest(taken);
      const grown = echo.requests.map(({ bytesTaken }, nth) => bytesTaken - before[nth]!).filter((bytes) => bytes > 0);
      expect(grown).toHaveLength(1);
      expect(Math.abs(grown[0]! - read)).toBeLessThan(MAX_ON_THE_WAY_BYTES);
      expect(gateway.growth()).toBeLessThan(MAX_GROWTH_BYTES);
      responses.forEach((response) => response.destroy());
      await eventually(() => expect(echo.requests.every(({ aborted }) => aborted)).toBe(true));
    },
    TIMEOUT_MS,
  );

  it(
    'goes up no faster than it is taken',
    async () => {
      const upload = openUpload(url('/upload/slow'), GIBIBYTE);
      await eventually(() => expect(echo.received).toBe(1));
      expect(await atRest(() => upload.sent)).toBeLessThan(MAX_ON_THE_WAY_BYTES);
      echo.allow(GIBIBYTE / 8);
      await eventually(() => expect(echo.requests[0]!.bodyBytes).toBeGreaterThanOrEqual(GIBIBYTE / 8), TIMEOUT_MS);
      const sent = await atRest(() => upload.sent);
      expect(sent).toBeGreaterThan(GIBIBYTE / 8 - 1);
      expect(sent - echo.requests[0]!.bodyBytes).toBeLessThan(MAX_ON_THE_WAY_BYTES);
      expect(gateway.growth()).toBeLessThan(MAX_GROWTH_BYTES);
      upload.leave();
      // One that does not read does not notice that nobody writes.
      echo.allow();
      await eventually(() => expect(echo.requests[0]!.aborted).toBe(true));
    },
    TIMEOUT_MS,
  );

  it(
    'is free of a caller that leaves, in the midst of it or while nothing moves',
    async () => {
      const moving = await openDownload(url(`/bytes/${GIBIBYTE}`));
      moving.resume();
      const stalled = await openDownload(url(`/bytes/${GIBIBYTE}`));
      const upload = openUpload(url('/upload'), GIBIBYTE);
      await eventually(() =>
        expect(echo.requests.every((sent) => sent.bytesTaken + sent.bodyBytes > 1_000_000)).toBe(true),
      );
      await eventually(() => expect(echo.received).toBe(3));
      moving.destroy();
      stalled.destroy();
      upload.leave();
      await eventually(() => expect(echo.requests.map(({ aborted }) => aborted)).toEqual([true, true, true]));
      const most = protocol === 'HTTP/2' ? 1 : 0;
      await eventually(() => expect(echo.connections).toBeLessThanOrEqual(most + 1));
    },
    TIMEOUT_MS,
  );
});
