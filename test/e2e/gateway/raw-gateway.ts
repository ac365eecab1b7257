import { expect } from '@jest/globals';
import { SessionReader } from '../../../src/inbound/authentication/session-reader.ts';
import { TokenVerifier } from '../../../src/inbound/authentication/token-verifier.ts';
import { ADA, ADAS_SESSION, callerOf, KnownSessions, KnownTokens } from '../authentication/known-callers.ts';
import { startEcho, type EchoRequest, type EchoServer } from '../../upstreams/echo.stand-in.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { speak, type RawAnswer } from '../../support/raw-http.ts';

/** A gateway before an echo, whose routes `open` (for everybody) and `closed` (for Ada) both lead there. */
export interface RawGateway {
  readonly gateway: GatewayApp;
  readonly echo: EchoServer;
  /** Sends these very bytes; resolves when the connection is closed. */
  say(bytes: string): Promise<RawAnswer>;
  /** The only request that the upstream got. */
  only(): EchoRequest;
  /** Forgets what the upstream got. */
  forget(): void;
  /** Nothing arrived at the upstream, and the application goes on as before. */
  expectUnreached(): Promise<void>;
  /** All that arrived at the upstream was sound, and the application goes on as before. */
  expectHealthy(): Promise<void>;
  close(): Promise<void>;
}

export type RouteOf = (echo: EchoServer) => object;

/** @param more routes beside the two */
export const startRawGateway = async (...more: readonly RouteOf[]): Promise<RawGateway> => {
  const echo = await startEcho();
  const target = { endpoints: [echo.url] };
  const routes = [{ name: 'open', public: true, target }, { name: 'closed', target }, ...more.map((of) => of(echo))];
  const ada = callerOf('ada');
  const gateway = await createGateway(routes, {
    override: (builder) =>
      builder
        .overrideProvider(TokenVerifier)
        .useValue(new KnownTokens({ [ADA]: ada }))
        .overrideProvider(SessionReader)
        .useValue(new KnownSessions({ [ADAS_SESSION]: ada })),
  });
  const expectHealthy = async (): Promise<void> => {
    // What broke off, as it did where it came from, is no more than that.
    const isOdd = (code: string): boolean => code !== 'HPE_INVALID_EOF_STATE' && code !== 'ECONNRESET';
    expect(echo.malformed.filter(isOdd)).toEqual([]);
    const answer = await fetch(`${gateway.url}/gateway/open/echo/well`);
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ url: '/echo/well' })]);
    expect(gateway.logLines.filter((line) => line.includes('nobody foresaw'))).toEqual([]);
  };
  return {
    gateway,
    echo,
    say: (bytes) => speak(gateway.url, bytes),
    only: () => {
      expect(echo.requests).toHaveLength(1);
      return echo.requests[0]!;
    },
    forget: () => echo.forget(),
    expectUnreached: async () => {
      expect(echo.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([]);
      await expectHealthy();
    },
    expectHealthy,
    close: async () => {
      await gateway.close();
      await echo.close();
    },
  };
};

/** A request, from its first line and its headers; ends its connection unless it says otherwise. */
export const head = (line: string, ...fields: readonly string[]): string =>
  `${[`${line} HTTP/1.1`, 'Host: test', ...fields].join('\r\n')}\r\n\r\n`;
