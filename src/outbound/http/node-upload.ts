import type { ClientRequest } from 'node:http';
import { Readable } from 'node:stream';
import type { Clock } from '../../platform/clock.ts';
import { permittedTrailers } from '../../platform/permitted-trailers.ts';
import type { Call } from './call.ts';
import { toFieldNames } from './field-names.ts';
import { failureOfBody, trailersOfBody } from './trailed-body.ts';

/** RFC 9110 §10.1.1: servers may know nothing of 100, so that no word is as good. */
const CONTINUE_WAIT_MS = 1_000;

/**
 * Sends a call's body through Node's client, its trailers included. One that waits for 100 is not touched before the server
 * has said so, or nothing for a second, and never once it has answered. One that was begun is destroyed when nobody takes
 * the rest of it.
 */
export const upload = (request: ClientRequest, call: Call, clock: Clock): void => {
  const begin = (): void => send(request, call);
  const waits = call.body !== null && call.headers['expect'] !== undefined;
  // Not before there is a connection: a body that nobody has begun can still go to another server.
  request.once('socket', waits ? () => awaitContinue(request, begin, clock) : begin);
};

const awaitContinue = (request: ClientRequest, begin: () => void, clock: Clock): void => {
  const goOn = (): void => {
    stop();
    begin();
  };
  const stop = (): void => {
    cancel();
    request.off('continue', goOn).off('response', stop).off('close', stop);
  };
  const cancel = clock.schedule(goOn, CONTINUE_WAIT_MS);
  request.on('continue', goOn).on('response', stop).on('close', stop);
  request.flushHeaders();
};

const send = (request: ClientRequest, { body, headers }: Call): void => {
  if (!(body instanceof Readable)) return void request.end(body);
  if (body.destroyed) return breakOff(request, body);
  const announced = toFieldNames(headers['trailer']);
  body.once('end', () => {
    if (announced.length > 0) request.addTrailers(permittedTrailers(trailersOfBody(body), announced));
    request.end();
  });
  // Whoever fails says so by closing as well.
  body.on('error', () => undefined);
  body.once('close', () => (body.readableEnded ? undefined : breakOff(request, body)));
  request.once('close', () => body.destroy());
  request.flushHeaders();
  body.pipe(request, { end: false });
};

const breakOff = (request: ClientRequest, body: Readable): void =>
  void request.destroy(failureOfBody(body) ?? body.errored ?? new Error('The body was taken back'));
