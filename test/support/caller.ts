import { request } from 'node:http';

/** A caller on a connection of its own, which it may break off. */
export interface Caller {
  /** The status of its answer; undefined when it hung up before there was one. */
  readonly ended: Promise<number | undefined>;
  /** Closes the connection; resolves when it is closed. */
  hangUp(): Promise<void>;
}

/** Not `fetch`: that keeps connections, and opens another one when a request is aborted. */
export const callAs = (url: string, headers: Readonly<Record<string, string>> = {}): Caller => {
  const outgoing = request(url, { agent: false, headers });
  const closed = new Promise<void>((resolve) => outgoing.once('close', () => resolve()));
  const ended = new Promise<number | undefined>((resolve) => {
    outgoing.once('response', (response) => response.resume().once('end', () => resolve(response.statusCode)));
    outgoing.once('error', () => resolve(undefined));
  });
  outgoing.end();
  return {
    ended,
    hangUp: () => {
      outgoing.destroy();
      return closed;
    },
  };
};
