import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { FaultRequest } from './request-reader.ts';

/** One request and the answer being given to it. Timers end with it. */
export interface Exchange {
  readonly request: FaultRequest;
  readonly complete: boolean;
  /** Writes raw bytes; false when the socket wants a pause, as `Socket.write`. */
  write(bytes: string | Uint8Array): boolean;
  onceDrained(run: () => void): void;
  after(delayMs: number, run: () => void): void;
  every(periodMs: number, run: () => void): void;
  /** Writes a whole well-formed answer with its length and finishes. */
  answer(status: number, headers: Readonly<Record<string, string>>, body?: string | Uint8Array): void;
  /** The answer is all there: the connection takes its next request, unless the client asked to close it. */
  finish(): void;
  /** The server leaves: `end` with FIN after what was written, `reset` with RST at once. */
  hangUp(how: 'end' | 'reset'): void;
}

/** `onSettled` runs once, when the answer is complete, the server left, or `abandon` was called. */
export function openExchange(
  socket: Socket,
  request: FaultRequest,
  onSettled: () => void,
): { readonly exchange: Exchange; abandon(): void } {
  const timers: NodeJS.Timeout[] = [];
  let complete = false;
  const settle = () => {
    if (complete) return;
    complete = true;
    for (const timer of timers) clearInterval(timer);
    onSettled();
  };
  const exchange: Exchange = {
    request,
    get complete() {
      return complete;
    },
    write: (bytes) => socket.write(bytes),
    onceDrained: (run) => void socket.once('drain', run),
    after: (delayMs, run) => void timers.push(setTimeout(run, delayMs)),
    every: (periodMs, run) => void timers.push(setInterval(run, periodMs)),
    answer: (status, headers, body = '') => {
      socket.write(formatAnswer(request.method, status, headers, body));
      exchange.finish();
    },
    finish: () => {
      if (wantsToClose(request)) socket.end();
      settle();
    },
    hangUp: (how) => {
      settle();
      if (how === 'end') socket.end();
      else reset(socket);
    },
  };
  return { exchange, abandon: settle };
}

/** Node cannot reset under TLS; a FIN without close_notify is an ECONNRESET to the client as well. */
function reset(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

function wantsToClose(request: FaultRequest): boolean {
  return request.headers['connection']?.toLowerCase() === 'close';
}

function formatAnswer(
  method: string,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array,
): Buffer {
  const bodyless = status === 204 || status === 304;
  const length = bodyless ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const head = formatHead(status, { ...headers, ...length });
  return Buffer.concat([Buffer.from(head), bodyless || method === 'HEAD' ? Buffer.alloc(0) : Buffer.from(body)]);
}

/** Status line and header fields, down to the empty line. */
export function formatHead(status: number, headers: Readonly<Record<string, string>>): string {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unassigned'}\r\n${fields.join('')}\r\n`;
}
