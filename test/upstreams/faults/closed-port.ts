import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { listenLocally, type StandIn } from '../stand-in.ts';

/**
 * A port on which every connection is refused. An accepted connection stays open on it, because the system would give
 * a port that is merely free to the next server that asks for one.
 */
export async function reserveClosedPort(): Promise<StandIn> {
  const server = createServer();
  const { port } = await listenLocally(server);
  const accepted = once(server, 'connection');
  const ours = connect(port, '127.0.0.1');
  await accepted;
  const closed = once(server, 'close');
  server.close();
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      ours.destroy();
      await closed;
    },
  };
}
