import { createServer, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions } from '../../../test/support/build-call.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { SystemClock } from '../../platform/clock.ts';
import type { Call } from './call.ts';
import { createTransport, type Transport } from './transport.ts';

let listening: Listening;
let transport: Transport;
let answers: (answer: ServerResponse) => void;
const server = createServer((_request, answer) => answers(answer));

beforeAll(async () => {
  listening = await listenLocally(server);
});
afterAll(() => listening.close());
afterEach(() => transport.close());

const send = (parts: Partial<Omit<Call, 'operation'>>) => {
  const origin = `http://127.0.0.1:${listening.port}`;
  transport = createTransport({ origins: [origin], options: buildOptions(), clock: new SystemClock() });
  return transport.send(buildCall({ origin, ...parts }));
};

describe('the head of an answer', () => {
  it('is told before the body is there', async () => {
    const head = Promise.withResolvers<unknown>();
    let finish = (): void => undefined;
    answers = (answer) => {
      answer.writeHead(200, { 'cache-control': 'no-store' }).flushHeaders();
      finish = () => void answer.end('body');
    };
    const sent = send({ noteHead: (status, headers) => head.resolve([status, headers['cache-control']]) });
    expect(await head.promise).toEqual([200, 'no-store']);
    finish();
    expect((await sent).body.toString()).toBe('body');
  });

  it('is told of interim answers too, which are no answers', async () => {
    const heads: unknown[] = [];
    answers = (answer) => {
      answer.writeEarlyHints({ link: '</style.css>; rel=preload' });
      answer.writeHead(404).end();
    };
    const reply = await send({ noteHead: (status, { link }) => void heads.push([status, link]) });
    expect([heads, reply.status]).toEqual([
      [
        [103, '</style.css>; rel=preload'],
        [404, undefined],
      ],
      404,
    ]);
    expect(reply.headers['link']).toBeUndefined();
  });

  it('need not be listened to', async () => {
    answers = (answer) => void answer.end('body');
    expect((await send({})).status).toBe(200);
  });

  it('of HEAD may speak of a body larger than any we would take', async () => {
    answers = (answer) => void answer.writeHead(200, { 'content-length': '99999999999' }).end();
    expect((await send({ method: 'HEAD' })).status).toBe(200);
  });
});
