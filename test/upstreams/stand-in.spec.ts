import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { listenLocally } from './stand-in.ts';

describe('listenLocally', () => {
  it('counts the sockets that are open', async () => {
    const server = createServer();
    const listening = await listenLocally(server);
    const accepted = once(server, 'connection');
    const client = connect(listening.port, '127.0.0.1');
    await accepted;
    expect(listening.sockets.size).toBe(1);
    const gone = once(client, 'close');
    await listening.close();
    await gone;
    expect(listening.sockets.size).toBe(0);
  });

  it('may be closed twice', async () => {
    const listening = await listenLocally(createServer());
    await listening.close();
    await expect(listening.close()).resolves.toBeUndefined();
  });

  it('refuses a port that is taken', async () => {
    const first = await listenLocally(createServer());
    await expect(listenLocally(createServer(), first.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
  });
});
