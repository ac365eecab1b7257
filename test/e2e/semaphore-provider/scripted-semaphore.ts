import { createServer, type OutgoingHttpHeaders } from 'node:http';
import { listenLocally } from '../../upstreams/stand-in.ts';

export interface ScriptedAnswer {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: OutgoingHttpHeaders;
  /** Text as it is, anything else as JSON; without a Content-Type. Default: nothing. */
  readonly body?: unknown;
}

export interface ScriptedSemaphore {
  readonly url: string;
  readonly token: string;
  /** Method, path and query of all requests. */
  readonly requests: readonly string[];
  /** One for each request, then the last one over and over. */
  answer(...answers: ScriptedAnswer[]): void;
  close(): Promise<void>;
}

/** An id, of something that there may be. */
export const SOME_ID = '3c2f0c3e-6d3a-4f0a-9a55-0b1b8c1d2e3f';

/** Says what a test wants it to, however unlike Semaphore. */
export const startScripted = async (): Promise<ScriptedSemaphore> => {
  const requests: string[] = [];
  let answers: ScriptedAnswer[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const { status = 200, headers = {}, body = '' } = (answers.length > 1 ? answers.shift() : answers[0]) ?? {};
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const { port, close } = await listenLocally(server);
  const url = `http://127.0.0.1:${port}`;
  return { url, token: 'the-token', requests, answer: (...given) => void (answers = given), close };
};
