import { createServer } from 'node:net';
import { listenLocally } from '../stand-in.ts';

/** A port on 127.0.0.1 that nobody listens on, for a process that has to be told its port. */
export const freePort = async (): Promise<number> => {
  const { port, close } = await listenLocally(createServer());
  await close();
  return port;
};
