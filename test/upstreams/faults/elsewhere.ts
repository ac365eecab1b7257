import { createServer, type IncomingHttpHeaders } from 'node:http';
import { listenLocally, type StandIn } from '../stand-in.ts';

/** A second origin that nobody was asked to call. */
export interface Elsewhere extends StandIn {
  readonly hits: number;
  /** Each credential header that arrived, as `name: value`. */
  readonly credentials: readonly string[];
}

const CREDENTIAL_HEADERS = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key'] as const;

export async function startElsewhere(): Promise<Elsewhere> {
  const credentials: string[] = [];
  let hits = 0;
  const server = createServer((request, response) => {
    hits += 1;
    credentials.push(...credentialsIn(request.headers));
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"elsewhere":true}');
  });
  const { port, close } = await listenLocally(server);
  return {
    url: `http://127.0.0.1:${port}`,
    get hits() {
      return hits;
    },
    credentials,
    close,
  };
}

function credentialsIn(headers: IncomingHttpHeaders): string[] {
  return CREDENTIAL_HEADERS.filter((name) => headers[name] !== undefined).map(
    (name) => `${name}: ${String(headers[name])}`,
  );
}
