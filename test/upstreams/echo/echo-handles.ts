import type { IncomingHttpHeaders } from 'node:http';
import type { StandIn } from '../stand-in.ts';

export interface EchoOptions {
  /** Port on 127.0.0.1. Default: 0, the system chooses. */
  readonly port?: number;
  /** With a certificate for localhost and 127.0.0.1 that only those trust who were given `certificate`. Default: false. */
  readonly tls?: boolean;
  /** Offers HTTP/2 beside HTTP/1.1; implies `tls`. Default: false. */
  readonly h2?: boolean;
}

/** What arrived, and what became of it; kept up to date while it lasts. */
export interface EchoRequest {
  readonly method: string;
  /** The target exactly as on the wire. */
  readonly url: string;
  /** `1.0`, `1.1` or `2.0`. */
  readonly httpVersion: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turns, as they came. */
  readonly rawHeaders: readonly string[];
  /** Which connection it came on, counted from 1. */
  readonly connection: number;
  /** The first MiB of the body. */
  readonly body: Buffer;
  /** Bytes of the body read so far. */
  readonly bodyBytes: number;
  /** The body was read to its end, trailers included. */
  readonly complete: boolean;
  readonly trailers: NodeJS.Dict<string>;
  /** The client went away, or broke off, before the whole answer was sent; of a tunnel: it was closed without an end. */
  readonly aborted: boolean;
  /** Bytes that `/bytes` has handed to the system so far: what a slow reader has not asked for is not among them. */
  readonly bytesTaken: number;
}

export type EchoFault = number | 'reset' | undefined;

export interface EchoServer extends StandIn {
  readonly port: number;
  /** PEM, to be trusted by clients; undefined without TLS. */
  readonly certificate: string | undefined;
  /** The newest that arrived, upgrades included, oldest first, at most 10,000. */
  readonly requests: readonly EchoRequest[];
  /** How many arrived in all. */
  readonly received: number;
  /** What could not be read as a request: the parser's codes. */
  readonly malformed: readonly string[];
  /** Open now. */
  readonly connections: number;
  /** Opened since the start. */
  readonly connectionsMade: number;
  /** Event streams and WebSockets that are open now. */
  readonly listeners: number;
  /** Says this on every open event stream (as the data of an event) and WebSocket, at once. */
  emit(text: string): void;
  /** Lets what hangs (`/hang`, `/head-then-hang`, `/upload/continue?held`) go on; later ones hang anew. */
  release(): void;
  /** Lets `/upload/slow` read so many bytes more, rounded up to whole pieces; without a number all, of later ones too. */
  allow(bytes?: number): void;
  /** Answers everything with this status, or resets it, until told otherwise by undefined. */
  fail(fault: EchoFault): void;
  /** Every connection is reset and the port is closed, until `revive`. */
  kill(): Promise<void>;
  /** Listens on the same port again. */
  revive(): Promise<void>;
  /** Empties `requests` and `malformed`, and sets `received` to 0. */
  forget(): void;
}
