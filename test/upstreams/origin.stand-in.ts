import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenLocally, type StandIn } from './stand-in.ts';

/** One answer of a resource. */
export interface OriginAnswer {
  /** Default: 200. */
  readonly status?: number;
  /** As they are sent. `Date` and `Content-Length` are added, unless named here; undefined sends none. */
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
  /** Default: the number of the request that it answers, from 1; nothing for a 204 and a 304. */
  readonly body?: string;
  /** How long it takes. Default: 0. */
  readonly latencyMs?: number;
  /** Sends a 103 first. */
  readonly earlyHints?: boolean;
}

export interface OriginRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/** An answer, or one by the request; `hang` never answers, `reset` breaks off in the middle of a body. */
export type OriginStep = OriginAnswer | ((request: OriginRequest) => OriginAnswer) | 'hang' | 'reset';

/** What is found at one path. */
export interface Resource {
  readonly path: string;
  /** Oldest first. */
  readonly requests: readonly OriginRequest[];
  /** Requests whose client went away before they were answered. */
  readonly aborted: number;
  /** Plays these from now on, one for each request, and the last one for ever. */
  answer(...steps: readonly OriginStep[]): void;
}

export interface OriginStandIn extends StandIn {
  /** A new resource at a path of its own: see `Resource.answer`. */
  serve(...steps: readonly OriginStep[]): Resource;
}

export interface OriginOptions {
  /** What its `Date` is reckoned from, in ms since 1970. Default: `Date.now`. */
  readonly wallTime?: () => number;
}

interface Scripted extends Resource {
  readonly requests: OriginRequest[];
  aborted: number;
  next(): OriginStep;
}

/** An upstream whose answers, caching headers above all, a test writes itself, path by path. */
export async function startOrigin({ wallTime = Date.now }: OriginOptions = {}): Promise<OriginStandIn> {
  const resources = new Map<string, Scripted>();
  const server = createServer((request, response) => {
    const resource = resources.get(request.url ?? '');
    if (resource) play(resource, request, response, wallTime);
    else response.writeHead(404).end();
  });
  const { port, close } = await listenLocally(server);
  return {
    url: `http://127.0.0.1:${port}`,
    close,
    serve(...steps) {
      const resource = script(`/resource-${resources.size + 1}`, steps);
      resources.set(resource.path, resource);
      return resource;
    },
  };
}

function script(path: string, first: readonly OriginStep[]): Scripted {
  let steps = [...first];
  return {
    path,
    requests: [],
    aborted: 0,
    answer: (...others) => void (steps = [...others]),
    next: () => (steps.length > 1 ? steps.shift() : steps[0]) ?? {},
  };
}

function play(resource: Scripted, request: IncomingMessage, response: ServerResponse, wallTime: () => number): void {
  const asked = { method: request.method ?? '', headers: request.headers };
  resource.requests.push(asked);
  response.once('close', () => (resource.aborted += response.writableFinished ? 0 : 1));
  const step = resource.next();
  if (step === 'hang') return;
  if (step === 'reset') return breakOff(response);
  const body = String(resource.requests.length);
  const answer = { body, ...(typeof step === 'function' ? step(asked) : step) };
  const { latencyMs = 0, earlyHints = false } = answer;
  if (earlyHints) response.writeEarlyHints({ link: '</style.css>; rel=preload' });
  if (latencyMs === 0) return write(response, answer, wallTime);
  const timer = setTimeout(() => write(response, answer, wallTime), latencyMs);
  response.once('close', () => clearTimeout(timer));
}

function write(response: ServerResponse, answer: OriginAnswer & { body: string }, wallTime: () => number): void {
  const { status = 200, headers = {}, body } = answer;
  const hasBody = status !== 204 && status !== 304;
  const standing = {
    date: new Date(wallTime()).toUTCString(),
    ...(hasBody && { 'content-length': String(Buffer.byteLength(body)) }),
  };
  const all: NonNullable<OriginAnswer['headers']> = { ...standing, ...lowerCased(headers) };
  response.sendDate = false;
  const lines = Object.entries(all).flatMap(([name, value]) => [value ?? []].flat().flatMap((line) => [name, line]));
  response.writeHead(status, lines).end(hasBody ? body : undefined);
}

const lowerCased = (headers: NonNullable<OriginAnswer['headers']>): NonNullable<OriginAnswer['headers']> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': 1_000, 'cache-control': 'max-age=60' });
  response.write('only so much', () => response.destroy());
}
