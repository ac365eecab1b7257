import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from '@jest/globals';
import { eventually } from './eventually.ts';

/** A connection on which a test speaks and listens as it likes. */
export interface Conversation {
  say(bytes: string): void;
  /** All that was said to us so far. */
  heard(): string;
  /** Waits until it was said. */
  hears(text: string): Promise<void>;
  /** Ends our side; what the other side says is heard on. */
  end(): void;
  hangUp(): void;
  readonly hasClosed: () => boolean;
  /** Resolves with all that was said when the connection is closed. */
  readonly closed: Promise<string>;
}

export const converse = async (url: string): Promise<Conversation> => {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  let heard = '';
  let isClosed = false;
  socket.setEncoding('latin1').on('data', (text) => (heard += String(text)));
  // A reset is an end as well.
  socket.on('error', () => undefined);
  const closed = new Promise<string>((resolve) => {
    socket.once('end', () => socket.end());
    socket.once('close', () => ((isClosed = true), resolve(heard)));
  });
  await once(socket, 'connect');
  return {
    say: (bytes) => void socket.write(bytes, 'latin1'),
    heard: () => heard,
    hears: (text) => eventually(() => expect(heard).toContain(text)),
    end: () => void socket.end(),
    hangUp: () => void socket.destroy(),
    hasClosed: () => isClosed,
    closed,
  };
};
