import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenLocally } from '../../upstreams/stand-in.ts';

type Answer = object | string | ((form: URLSearchParams, response: ServerResponse) => object | string | undefined);

export interface ScriptedServer {
  /** Without a trailing slash. */
  readonly url: string;
  /** Requests so far, such as `POST /token`. */
  readonly seen: string[];
  /** What came in with the last request. */
  readonly last: { form: URLSearchParams; headers: IncomingMessage['headers'] };
  /** What a path answers: JSON with status 200, or whatever a function does with the response. */
  answer(path: string, answer: Answer): void;
  /** Metadata of a server that has every endpoint here, under `issuer`. */
  describe(issuer: string, more?: object): void;
  close(): Promise<void>;
}

/** An authorization server that says what a test wants it to say: what a real one would not. */
export const startScripted = async (): Promise<ScriptedServer> => {
  const answers = new Map<string, Answer>();
  const seen: string[] = [];
  const last: ScriptedServer['last'] = { form: new URLSearchParams(), headers: {} };
  const server = createServer((request, response) => {
    const [path = ''] = request.url!.split('?');
    seen.push(`${request.method} ${path}`);
    void text(request).then((body) => {
      Object.assign(last, { form: new URLSearchParams(body), headers: request.headers });
      say(answers.get(path), last.form, response);
    });
  });
  const { port, close } = await listenLocally(server);
  const url = `http://127.0.0.1:${port}`;
  const answer = (path: string, what: Answer): void => void answers.set(path, what);
  const describe = (issuer: string, more: object = {}): void => {
    const { pathname } = new URL(issuer);
    answer(`${pathname.replace(/\/$/, '')}/.well-known/openid-configuration`, { ...metadata(url, issuer), ...more });
  };
  describe(url);
  return { url, seen, last, answer, describe, close };
};

const say = (answer: Answer | undefined, form: URLSearchParams, response: ServerResponse): void => {
  const said = typeof answer === 'function' ? answer(form, response) : answer;
  if (answer === undefined) return void response.writeHead(404).end();
  if (said === undefined) return;
  response.setHeader('content-type', 'application/json');
  response.end(typeof said === 'string' ? said : JSON.stringify(said));
};

const metadata = (url: string, issuer: string): object => ({
  issuer,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  jwks_uri: `${url}/jwks`,
  introspection_endpoint: `${url}/introspect`,
  revocation_endpoint: `${url}/revoke`,
  end_session_endpoint: `${url}/logout`,
});
