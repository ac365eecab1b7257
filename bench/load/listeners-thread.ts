import { connect, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type { Arrivals, Order } from './listeners.ts';

// Fewer than an address may have: those who have just gone may still count.
const listenersPerAddress = 25;
const connectingAtOnce = 100;
const accepted = 'HTTP/1.1 200 OK\r\n';
const lastOfEvent = /"slug":"(\d+)"\}\n\n/g;

const { origin } = workerData as { origin: string };
const { hostname, port, host } = new URL(origin);
const request = `GET /api/v1/events/articles HTTP/1.1\r\nhost: ${host}\r\naccept: text/event-stream\r\n\r\n`;

let sockets: Socket[] = [];
let arrivals: Arrivals = {};

const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Returns what is left: the beginning of an event. */
const note = (text: string, atMs: number): string => {
  let end = 0;
  for (const found of text.matchAll(lastOfEvent)) {
    (arrivals[Number(found[1])] ??= []).push(atMs);
    end = found.index + found[0].length;
  }
  return text.slice(end);
};

const listen = (nth: number): Promise<void> =>
  new Promise((resolve, reject) => {
    // Linux takes all of 127.0.0.0/8 for its own.
    const localAddress = `127.0.1.${Math.floor(nth / listenersPerAddress) + 1}`;
    const socket = connect({ host: hostname, port: Number(port), localAddress });
    sockets.push(socket);
    let rest = '';
    socket.setEncoding('latin1').write(request);
    // One that is lost later is missed among the deliveries.
    socket.on('error', reject);
    socket.once('data', (answer: string) => {
      if (answer.startsWith(accepted)) resolve();
      else reject(new Error(`${origin} refused a listener: ${answer.slice(0, 500)}`));
    });
    socket.on('data', (text: string) => {
      rest = note(rest + text, now());
    });
  });

const open = async (count: number): Promise<void> => {
  let next = 0;
  const listenInTurn = async (): Promise<void> => {
    while (next < count) await listen(next++);
  };
  await Promise.all(Array.from({ length: connectingAtOnce }, listenInTurn));
};

const obey = async (order: Order): Promise<Arrivals> => {
  if (order.open !== undefined) await open(order.open);
  if (order.isClosing) {
    for (const socket of sockets) socket.resetAndDestroy();
    sockets = [];
    arrivals = {};
  }
  return arrivals;
};

parentPort?.on('message', (order: Order) => {
  void obey(order).then((answer) => parentPort?.postMessage(answer));
});
