import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { listenLocally, type StandIn } from '../upstreams/stand-in.ts';

/** A value as OTLP/HTTP writes it in JSON: one member says what it is. */
type AnyValue = Readonly<Record<string, unknown>>;

export interface OtlpAttribute {
  readonly key: string;
  readonly value: AnyValue;
}

/** What is used of a span (opentelemetry/proto/trace/v1); times are ns since 1970, in digits. */
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly events: readonly { readonly name: string; readonly timeUnixNano: string }[];
  readonly status: { readonly code: number; readonly message?: string };
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  /** The lowest 8 bits are those of `traceparent`; 0x200: the parent is somebody else's. */
  readonly flags: number;
}

/** What is used of a metric (opentelemetry/proto/metrics/v1). */
export interface OtlpMetric {
  readonly name: string;
  readonly unit: string;
  readonly [kind: string]: unknown;
}

export interface OtlpRequest {
  /** Such as `/v1/traces`. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: OtlpBody;
}

interface OtlpBody {
  readonly resourceSpans?: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
  readonly resourceMetrics?: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeMetrics: readonly { readonly metrics: readonly OtlpMetric[] }[];
  }[];
}

/** How it takes what is sent: `accept` 200, `refuse` 400, `busy` 503, `hang` never, `reset` drops the connection. */
export type OtlpManner = 'accept' | 'refuse' | 'busy' | 'hang' | 'reset';

/** A collector: takes OTLP over HTTP, in JSON, and keeps what came. */
export interface OtlpReceiver extends StandIn {
  /** All that was taken, the oldest first. */
  readonly requests: OtlpRequest[];
  /** How many requests began, taken or not. */
  readonly arrivals: () => number;
  readonly spans: () => OtlpSpan[];
  readonly metrics: () => OtlpMetric[];
  behave(manner: OtlpManner): void;
}

export const startOtlpReceiver = async (port = 0): Promise<OtlpReceiver> => {
  const requests: OtlpRequest[] = [];
  let manner: OtlpManner = 'accept';
  let arrivals = 0;
  const server = createServer((request, response) => {
    arrivals += 1;
    void take(request, response, manner).then((taken) => taken && requests.push(taken));
  });
  const listening = await listenLocally(server, port);
  const spansOf = ({ body }: OtlpRequest): OtlpSpan[] =>
    (body.resourceSpans ?? []).flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
  const metricsOf = ({ body }: OtlpRequest): OtlpMetric[] =>
    (body.resourceMetrics ?? []).flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));
  return {
    url: `http://127.0.0.1:${listening.port}`,
    requests,
    arrivals: () => arrivals,
    spans: () => requests.flatMap(spansOf),
    metrics: () => requests.flatMap(metricsOf),
    behave: (next) => void (manner = next),
    close: listening.close,
  };
};

const STATUSES: Readonly<Partial<Record<OtlpManner, number>>> = { refuse: 400, busy: 503 };

/** What was sent, once it is answered; undefined when it is not taken. */
const take = async (
  request: IncomingMessage,
  response: ServerResponse,
  manner: OtlpManner,
): Promise<OtlpRequest | undefined> => {
  if (manner === 'reset') return void request.socket.resetAndDestroy();
  if (manner === 'hang') return void request.resume();
  if (manner !== 'accept') return void response.writeHead(STATUSES[manner]!).end();
  const isJson = request.headers['content-type'] === 'application/json';
  const body = isJson ? await readBody(request) : undefined;
  response.writeHead(body ? 200 : 415, { 'content-type': 'application/json' }).end('{}');
  return body && { path: request.url!, headers: request.headers, body };
};

const readBody = (request: IncomingMessage): Promise<OtlpBody | undefined> =>
  json(request).then(
    (body) => body as OtlpBody,
    () => undefined,
  );

/** The plain value of an attribute; undefined when it is not there. */
export const attributeOf = (attributes: readonly OtlpAttribute[], key: string): unknown => {
  const found = attributes.find((attribute) => attribute.key === key);
  return found && Object.values(found.value)[0];
};

/** All attributes of a span, or of a resource, plainly. */
export const plainly = ({ attributes }: { readonly attributes: readonly OtlpAttribute[] }): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
