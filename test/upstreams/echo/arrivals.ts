import type { IncomingMessage } from 'node:http';
import { remember } from '../recent-list.ts';
import type { EchoRequest } from './echo-handles.ts';

const BODY_KEPT_AT_MOST = 1_048_576;

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

export interface Arrival extends Writable<Omit<EchoRequest, 'body' | 'trailers'>> {
  readonly body: Buffer;
  readonly trailers: NodeJS.Dict<string>;
  /** Called with every piece of the body that was read. */
  addBody(piece: Buffer): void;
}

/** Remembers what arrived, and on which connection. */
export interface Arrivals {
  readonly list: EchoRequest[];
  readonly total: number;
  record(request: IncomingMessage): Arrival;
  forget(): void;
}

export function createArrivals(connectionOf: (remotePort: number) => number): Arrivals {
  const list: EchoRequest[] = [];
  let total = 0;
  return {
    list,
    get total() {
      return total;
    },
    record: (request) => {
      const arrival = toArrival(request, connectionOf(request.socket.remotePort ?? 0));
      remember(list, arrival);
      total += 1;
      return arrival;
    },
    forget: () => {
      list.length = 0;
      total = 0;
    },
  };
}

function toArrival(request: IncomingMessage, connection: number): Arrival {
  const { method = '', url = '', httpVersion, headers, rawHeaders } = request;
  const pieces: Buffer[] = [];
  const arrival: Arrival = {
    ...{ method, url, httpVersion, headers, rawHeaders, connection },
    ...{ bodyBytes: 0, complete: false, aborted: false, bytesTaken: 0 },
    get body() {
      return Buffer.concat(pieces).subarray(0, BODY_KEPT_AT_MOST);
    },
    get trailers() {
      return request.trailers;
    },
    addBody: (piece) => {
      if (arrival.bodyBytes < BODY_KEPT_AT_MOST) pieces.push(piece);
      arrival.bodyBytes += piece.length;
    },
  };
  request.once('end', () => void (arrival.complete = true));
  return arrival;
}
