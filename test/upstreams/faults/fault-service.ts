import type { Socket } from 'node:net';
import { remember } from '../recent-list.ts';
import { faultFor } from './all-faults.ts';
import { createDepartures, type Departures } from './departures.ts';
import type { Exchange } from './exchange.ts';
import type { FaultContext } from './fault.ts';
import { createLedger, type Ledger } from './ledger.ts';
import type { FaultRequest } from './request-reader.ts';
import { serveConnection } from './serve-connection.ts';

/** What answers on every connection of a fault server, and what it noticed while doing so. */
export interface FaultService {
  readonly ledger: Ledger;
  readonly departures: Departures;
  readonly requestsSeen: readonly FaultRequest[];
  readonly received: number;
  serve(socket: Socket): void;
  /** From here on a closed connection is our own doing and no departure. */
  stopObserving(): void;
}

const OK = () => '{"ok":true}';

export function createFaultService(elsewhereUrl: string): FaultService {
  const ledger = createLedger();
  const departures = createDepartures();
  const requestsSeen: FaultRequest[] = [];
  const arrivals = new Map<string, number>();
  let received = 0;
  let observing = true;
  const onRequest = (exchange: Exchange) => {
    received += 1;
    remember(requestsSeen, exchange.request);
    const [name, context] = toContext(exchange.request);
    faultFor(name)(exchange, context);
  };
  const toContext = (request: FaultRequest): [string, FaultContext] => {
    const name = request.path.split('/')[1] ?? '';
    const nthOnPath = countArrival(arrivals, request.path);
    const nthOfFault = countArrival(arrivals, name);
    return [name, { nthOnPath, nthOfFault, elsewhereUrl, perform: (effect = OK) => ledger.perform(request, effect) }];
  };
  const onAbort = (request: FaultRequest) => observing && departures.record(request.path);
  return {
    ledger,
    departures,
    requestsSeen,
    get received() {
      return received;
    },
    serve: (socket) => serveConnection(socket, { onRequest, onAbort }),
    stopObserving: () => (observing = false),
  };
}

/** Paths begin with a slash and names do not, so one map holds both. */
function countArrival(arrivals: Map<string, number>, key: string): number {
  const count = (arrivals.get(key) ?? 0) + 1;
  arrivals.set(key, count);
  return count;
}
