import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Tunnels } from './tunnels.ts';

/** A connection whose caller wants to go on in another protocol (RFC 9110 §7.8). */
export interface Upgrade {
  readonly socket: Socket;
  /** What came behind the request: of the other protocol already. */
  readonly head: Buffer;
}

interface Offer extends Upgrade {
  readonly response: ServerResponse;
  readonly tunnels: Tunnels;
  isTaken: boolean;
}

const offers = new WeakMap<IncomingMessage, Offer>();

/** Notes what `upgradeOf` and `takeSocket` hand out for a request. */
export const offerSocket = (request: IncomingMessage, offer: Omit<Offer, 'isTaken'>): void =>
  void offers.set(request, { ...offer, isTaken: false });

/** The connection that a request wants upgraded; undefined when it is a request like any other. */
export const upgradeOf = (request: IncomingMessage): Upgrade | undefined => offerOf(request);

/** Whether the connection of a request has been taken. */
export const isTunnel = (request: IncomingMessage): boolean => offerOf(request)?.isTaken === true;

/**
 * Hands out the connection of a request: from now on all that is written to it, the 101 first, is up to who takes it, and
 * so is its end. Its errors need no listener: `close` follows. The request is over when the connection is closed.
 * @param stop is called when the process stops; what is not closed soon after is cut off. Default: closes the connection
 * @throws Error when there is nothing to take: no upgrade, or one that was answered, taken or left already
 */
export const takeSocket = (request: IncomingMessage, stop?: () => void): Upgrade => {
  const offer = offerOf(request);
  if (offer === undefined || offer.isTaken || offer.response.headersSent || offer.socket.destroyed)
    throw new Error('The connection of this request cannot be taken: see `upgradeOf` first, and answer nothing');
  const { socket, response, tunnels } = offer;
  offer.isTaken = true;
  response.statusCode = 101;
  response.detachSocket(socket);
  const end = stop ?? ((): void => socket.destroySoon());
  tunnels.add(end);
  socket.once('close', () => {
    tunnels.remove(end);
    response.destroy().emit('close');
  });
  return offer;
};

/** Hardly any request asks for it. */
const offerOf = (request: IncomingMessage): Offer | undefined =>
  request.headers.upgrade === undefined ? undefined : offers.get(request);
