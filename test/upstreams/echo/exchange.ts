import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Arrival } from './arrivals.ts';
import type { Gates } from './gates.ts';
import type { Speakers } from './speakers.ts';

/** One request with everything that is needed to answer it. Of HTTP/2 too: what is used of it, both have. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly arrival: Arrival;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The client waits for a 100 before it sends its body. */
  readonly expectsContinue: boolean;
  readonly gates: Gates;
  readonly speakers: Speakers;
  /** How often this very target was asked for, this time included. */
  readonly times: number;
}

export type Answer = (exchange: Exchange) => unknown;
