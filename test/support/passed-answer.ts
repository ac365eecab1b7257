import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect } from '@jest/globals';
import { writeBody, type AnswerParts, type WrittenAnswer } from '../../src/gateway/passing/answer-writer.ts';
import { ReplyStream } from '../../src/outbound/index.ts';
import { listenLocally } from '../upstreams/stand-in.ts';
import { FakeClock } from './fake-clock.ts';

const EVENTS = ['drain', 'finish', 'close', 'error'];
const listenersOf = (response: ServerResponse): number[] => EVENTS.map((event) => response.listenerCount(event));

/** An answer on its way from a test, which says what comes of it, to a caller on a real socket. */
export interface PassedAnswer {
  readonly rest: ReplyStream;
  readonly response: ServerResponse;
  readonly end: Promise<WrittenAnswer>;
  /** What was asked of the upstream; an error is what it was left with. */
  readonly calls: (string | Error)[];
  readonly clock: FakeClock;
  /** Fails when a listener or a timer is left. */
  isLeftAlone(): void;
}

/** Our side of exchanges. Close it when done. */
export const startPassing = async () => {
  let arrived: (response: ServerResponse) => void;
  const { port, close } = await listenLocally(createServer((_request, response) => arrived(response)));
  /** Passes a rest on to whoever asks next: once its head is written, and `prepare` has run. */
  const next = async ({ prepare, ...more }: Partial<AnswerParts> & Prepared = {}): Promise<PassedAnswer> => {
    const response = await new Promise<ServerResponse>((resolve) => (arrived = resolve));
    const calls: (string | Error)[] = [];
    const source = { pause: () => calls.push('pause'), resume: () => calls.push('resume') };
    const rest = new ReplyStream({ ...source, abort: (reason) => calls.push(reason) });
    const clock = new FakeClock();
    const before = listenersOf(response);
    prepare?.(rest);
    response.writeHead(200);
    const end = writeBody(rest, response, { idleMs: 1_000, clock, maxBytes: 1_000_000_000, ...more });
    const isLeftAlone = (): void => expect([clock.pending, listenersOf(response)]).toEqual([0, before]);
    return { rest, response, end, calls, clock, isLeftAlone };
  };
  /** The same to a caller that has read the head. */
  const begin = async (more: Partial<AnswerParts> = {}): Promise<PassedAnswer & { answer: IncomingMessage }> => {
    const passed = next(more);
    const answer = new Promise<IncomingMessage>((resolve) => {
      request({ port, host: '127.0.0.1' }).on('response', resolve).end();
    });
    return { ...(await passed), answer: await answer };
  };
  /** A caller that reads nothing by itself. */
  const openRaw = (version: string): Socket => {
    const socket = connect(port, '127.0.0.1').pause();
    socket.write(`GET / HTTP/${version}\r\nHost: test\r\n\r\n`);
    return socket;
  };
  return { next, begin, openRaw, close };
};

interface Prepared {
  readonly prepare?: (rest: ReplyStream) => void;
}
