import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Requests that are sent on one connection before any of them is answered. */
const IN_A_ROW = 20;

const STATUS_LINE = /HTTP\/1\.1 (\d{3}) /g;

/**
 * Sends requests as they stand, each a whole one without a body, on a few connections that are kept alive; where the server
 * closes one, the rest goes on another.
 * @returns how often each status was answered
 */
export const flood = async (
  url: string,
  requests: readonly string[],
  connections = 16,
): Promise<Map<number, number>> => {
  const statuses = new Map<number, number>();
  const rows = Array.from({ length: Math.ceil(requests.length / IN_A_ROW) }, (_, row) =>
    requests.slice(row * IN_A_ROW, (row + 1) * IN_A_ROW),
  );
  const work = async (): Promise<void> => {
    let socket: Socket | undefined;
    for (let row = rows.pop(); row !== undefined; row = rows.pop()) {
      if (socket === undefined || socket.destroyed) socket = await open(url);
      for (const status of await converse(socket, row)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    socket?.destroy();
  };
  await Promise.all(Array.from({ length: connections }, work));
  return statuses;
};

const open = async (url: string): Promise<Socket> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('latin1');
  // A reset is an end as well.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

const converse = async (socket: Socket, row: readonly string[]): Promise<number[]> => {
  let heard = '';
  const statuses = (): number[] => [...heard.matchAll(STATUS_LINE)].map(([, status]) => Number(status));
  await new Promise<void>((resolve) => {
    const onData = (text: string): void => {
      heard += text;
      if (statuses().length >= row.length) resolve();
    };
    socket.on('data', onData).once('close', resolve);
    socket.write(row.join(''), 'latin1');
  });
  socket.removeAllListeners('data').removeAllListeners('close');
  return statuses();
};
