import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenLocally, type StandIn } from '../upstreams/stand-in.ts';

export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface UpstreamAnswer {
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: `{ "token": … }`, the Authorization it came with. */
  readonly body?: string;
  /** Not answered before that. */
  readonly after?: Promise<unknown>;
}

/** An upstream that wants a token, and remembers what it was sent. */
export interface TokenUpstream extends StandIn {
  readonly seen: readonly SeenRequest[];
  /** The Authorization of each request, oldest first. */
  readonly tokens: readonly (string | undefined)[];
  /** How it answers from now on. */
  answer(make: (request: SeenRequest) => UpstreamAnswer): void;
  /** From now on it answers requests whose Authorization is one of these by 401; others as usual. */
  refuse(...authorizations: readonly string[]): void;
}

export const startTokenUpstream = async (): Promise<TokenUpstream> => {
  const seen: SeenRequest[] = [];
  let make: (request: SeenRequest) => UpstreamAnswer = () => ({});
  const server = createServer((request, response) => void hear(request, response, seen, (asked) => make(asked)));
  const { port, close } = await listenLocally(server);
  return {
    url: `http://127.0.0.1:${port}`,
    close,
    seen,
    get tokens() {
      return seen.map(({ headers }) => headers.authorization);
    },
    answer: (other) => void (make = other),
    refuse: (...refused) =>
      void (make = ({ headers }) => (refused.includes(headers.authorization ?? '') ? { status: 401 } : {})),
  };
};

const hear = async (
  request: IncomingMessage,
  response: ServerResponse,
  seen: SeenRequest[],
  make: (request: SeenRequest) => UpstreamAnswer,
): Promise<void> => {
  const { method = '', url = '', headers } = request;
  // Its client may go away in the middle.
  const body = await text(request).catch(() => '');
  const asked = { method, url, headers, body };
  seen.push(asked);
  const answer = make(asked);
  await answer.after;
  const { status = 200, body: told = JSON.stringify({ token: headers.authorization ?? null }) } = answer;
  response.writeHead(status, { 'content-type': 'application/json', ...answer.headers }).end(told);
};
