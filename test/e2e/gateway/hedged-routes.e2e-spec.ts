import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { listenLocally, type Listening } from '../../upstreams/stand-in.ts';

interface Server extends Listening {
  readonly url: string;
  readonly asked: string[];
  /** Requests that hang, and that nobody waits for any more. */
  leftAlone: number;
}

/** It answers with its name, unless it hangs. */
const start = async (name: string, hangs: () => boolean): Promise<Server> => {
  const state = { asked: [] as string[], leftAlone: 0 };
  const server = createServer((request, response) => {
    state.asked.push(request.url!);
    if (hangs()) response.on('close', () => (state.leftAlone += 1));
    else response.end(name);
  });
  const listening = await listenLocally(server);
  return Object.assign(state, listening, { url: `http://127.0.0.1:${listening.port}` });
};

let opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

describe('a route with `hedge`', () => {
  it('asks another server when one is late, and passes on what comes first', async () => {
    // Whichever is asked first hangs.
    let asked = 0;
    const isFirst = (): boolean => (asked += 1) === 1;
    const servers = [await start('one', isFirst), await start('two', isFirst)];
    const hedge = { afterMs: 20, maxShare: 1 };
    const target = { endpoints: servers.map(({ url }) => url) };
    const gateway: GatewayApp = await createGateway([{ name: 'two', public: true, target, hedge }]);
    opened = [gateway, ...servers];
    const answer = await ask(`${gateway.url}/gateway/two/thing`);
    expect(answer.status).toBe(200);
    expect(servers.map((server) => server.asked)).toEqual([['/thing'], ['/thing']]);
    const isLeft = answer.text === 'two' ? [1, 0] : [0, 1];
    await eventually(() => expect(servers.map(({ leftAlone }) => leftAlone)).toEqual(isLeft));
    expect(gateway.receipts[0]).toMatchObject({ hedge: 'won', provider: 'gateway.two' });
    expect(new Set(gateway.receipts[0]!.attempts.map(({ server }) => server)).size).toBe(2);
  });
});
