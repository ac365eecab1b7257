import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { LOCAL_CERTIFICATE } from './local-certificate.ts';
import type { Service } from './serve.ts';

const KEEP_ALIVE_MS = 600_000;
const HEADERS_AT_MOST = 131_072;

export interface ServerManner {
  readonly tls: boolean;
  readonly h2: boolean;
  readonly onMalformed: (code: string) => void;
}

/** A server that listens nowhere yet. Generous towards headers and idle connections: limits are others' business here. */
export function createEchoServer(service: Service, { tls, h2, onMalformed }: ServerManner): Server {
  const options = { maxHeaderSize: HEADERS_AT_MOST, shouldUpgradeCallback: service.shouldUpgrade };
  const server = h2
    ? createBoth()
    : tls
      ? createTlsServer({ ...LOCAL_CERTIFICATE, ...options })
      : createServer(options);
  const handle = (expectsContinue: boolean) => (request: IncomingMessage, response: ServerResponse) =>
    void service.handle(request, response, expectsContinue);
  server.on('request', handle(false));
  server.on('checkContinue', handle(true));
  server.on('upgrade', service.upgrade);
  if (!h2) server.on('connect', service.refuseConnect);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    onMalformed(error.code ?? error.message);
    socket.destroy();
  });
  server.on('tlsClientError', () => undefined);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

/** Its requests and responses have all that is used of those of HTTP/1.1. */
const createBoth = (): Server =>
  createSecureServer({ ...LOCAL_CERTIFICATE, allowHTTP1: true, maxHeaderListPairs: 2_000 }) as unknown as Server;
