import { createServer } from 'node:net';
import { listenLocally } from '../stand-in.ts';

const DEFAULT_PORT = '3000';

/** The port of the application has to be known before it starts, because logins come back to it: 0 is made a free one. */
export const choosePort = async (wanted: string | undefined): Promise<string> => {
  if (wanted !== '0') return wanted || DEFAULT_PORT;
  const { port, close } = await listenLocally(createServer());
  await close();
  return `${port}`;
};
