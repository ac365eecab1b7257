import { createServer } from 'node:http';
import type { FakeClock } from '../../support/fake-clock.ts';
import { listenLocally, type StandIn } from '../../upstreams/stand-in.ts';

/** A service whose pace a test sets; its time is that of the clock. */
export interface PacedUpstream extends StandIn {
  latencyMs: number;
  status: number;
  readonly received: number;
}

export const startPacedUpstream = async (clock: FakeClock): Promise<PacedUpstream> => {
  const state = { latencyMs: 20, status: 200, received: 0 };
  const server = createServer((_request, response) => {
    const { status } = state;
    clock.schedule(() => {
      response.writeHead(status, { 'content-type': 'application/json', 'ratelimit-remaining': '41' }).end('{"id":1}');
    }, state.latencyMs);
    state.received += 1;
  });
  const { port, close } = await listenLocally(server);
  return Object.assign(state, { url: `http://127.0.0.1:${port}`, close });
};
