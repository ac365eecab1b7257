import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { reserveClosedPort } from './faults/closed-port.ts';
import type { Departure } from './faults/departures.ts';
import { startElsewhere, type Elsewhere } from './faults/elsewhere.ts';
import { createFaultService, type FaultService } from './faults/fault-service.ts';
import type { Processed } from './faults/ledger.ts';
import type { FaultRequest } from './faults/request-reader.ts';
import { WRONG_CERTIFICATE } from './faults/wrong-certificate.ts';
import { listenLocally, type Listening, type StandIn } from './stand-in.ts';

/** An upstream that misbehaves on demand: the first segment of the path names the fault. */
export interface FaultServer extends StandIn {
  /** Nothing listens here: connections are refused. */
  readonly refusedUrl: string;
  /** The same faults behind a self-signed certificate for another host. */
  readonly tlsUrl: string;
  /** Where `/redirect` points. */
  readonly elsewhere: Elsewhere;
  /** Requests read completely. */
  readonly received: number;
  /** Requests whose effect happened. */
  readonly processed: Processed;
  /** Connections open now, plain and TLS. */
  readonly openSockets: number;
  /** The newest requests, oldest first, at most 10,000. */
  readonly requestsSeen: readonly FaultRequest[];
  /** Clients that closed the connection before the answer was complete. */
  readonly aborted: readonly Departure[];
  /** How often the effect under this `Idempotency-Key` ran. */
  executions(key: string): number;
  /** The time by `performance.now()` of the first such departure from this path, past or to come. */
  whenAborted(path: string): Promise<number>;
}

interface Parts {
  readonly service: FaultService;
  readonly plain: Listening;
  readonly tls: Listening;
  readonly elsewhere: Elsewhere;
  readonly refused: StandIn;
}

/** `port` is that of `url`, the other origins always take free ones. Default: 0, the system chooses. */
export async function startFaultServer(options: { readonly port?: number } = {}): Promise<FaultServer> {
  const plainServer = createServer();
  const plain = await listenLocally(plainServer, options.port);
  const elsewhere = await startElsewhere();
  const service = createFaultService(elsewhere.url);
  plainServer.on('connection', service.serve);
  const tls = await startTls(service);
  return assemble({ service, plain, tls, elsewhere, refused: await reserveClosedPort() });
}

function startTls(service: FaultService): Promise<Listening> {
  const server = createTlsServer(WRONG_CERTIFICATE);
  server.on('secureConnection', service.serve);
  // A client that refuses the certificate breaks off the handshake, which is what `tlsUrl` is for.
  server.on('tlsClientError', () => undefined);
  return listenLocally(server);
}

function assemble({ service, plain, tls, elsewhere, refused }: Parts): FaultServer {
  return {
    url: `http://127.0.0.1:${plain.port}`,
    refusedUrl: refused.url,
    tlsUrl: `https://127.0.0.1:${tls.port}`,
    elsewhere,
    processed: service.ledger.processed,
    requestsSeen: service.requestsSeen,
    aborted: service.departures.list,
    get received() {
      return service.received;
    },
    get openSockets() {
      return plain.sockets.size + tls.sockets.size;
    },
    executions: service.ledger.executions,
    whenAborted: service.departures.when,
    close: async () => {
      service.stopObserving();
      await Promise.all([plain, tls, elsewhere, refused].map((part) => part.close()));
    },
  };
}
