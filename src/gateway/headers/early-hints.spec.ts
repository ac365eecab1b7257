import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { speak } from '../../../test/support/raw-http.ts';
import { passInterim, toInformational } from './early-hints.ts';

interface Heard {
  readonly interim: readonly { readonly status: number; readonly raw: readonly string[] }[];
  readonly status: number;
}

type Answering = (response: ServerResponse) => void;

const listen = async (answering: Answering): Promise<{ url: string; [Symbol.asyncDispose](): Promise<void> }> => {
  const server = createServer((_request, response) => answering(response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) };
};

const hear = async (answering: Answering): Promise<Heard> => {
  await using server = await listen(answering);
  return await new Promise<Heard>((resolve, reject) => {
    const interim: { status: number; raw: string[] }[] = [];
    const sent = request(server.url, { agent: false });
    sent.on('information', ({ statusCode, rawHeaders }) => interim.push({ status: statusCode, raw: rawHeaders }));
    sent.on('response', (answer) => {
      answer.resume().on('end', () => resolve({ interim, status: answer.statusCode! }));
    });
    sent.on('error', reject).end();
  });
};

describe('passInterim', () => {
  it('passes hints on before the answer', async () => {
    const { interim, status } = await hear((response) => {
      passInterim(response, 103, { link: ['</a.css>; rel=preload', '<odd'], 'x-note': '1' });
      passInterim(response, 110, {});
      response.end();
    });
    expect(interim).toEqual([
      { status: 103, raw: ['link', '</a.css>; rel=preload', 'link', '<odd', 'x-note', '1'] },
      { status: 110, raw: [] },
    ]);
    expect(status).toBe(200);
  });

  it.each([100, 101, 99, 200])('does not pass on %i', async (interimStatus) => {
    const { interim } = await hear((response) => {
      passInterim(response, interimStatus, {});
      response.end();
    });
    expect(interim).toEqual([]);
  });

  it('passes on 16 at most', async () => {
    const { interim } = await hear((response) => {
      for (let at = 0; at < 1_000; at++) passInterim(response, 103, { link: '</a>' });
      response.end();
    });
    expect(interim).toHaveLength(16);
  });

  it('passes on none after the answer has begun', async () => {
    let thrown: unknown;
    const { interim } = await hear((response) => {
      response.flushHeaders();
      try {
        passInterim(response, 103, { link: '</late>' });
      } catch (error) {
        thrown = error;
      }
      response.end();
    });
    expect({ interim, thrown }).toEqual({ interim: [], thrown: undefined });
  });

  it('passes none to a caller that could not read them', async () => {
    await using server = await listen((response) => {
      passInterim(response, 103, { link: '</a>' });
      response.end('all');
    });
    const { status, text } = await speak(server.url, 'GET / HTTP/1.0\r\n\r\n');
    expect({ status, text }).toEqual({ status: 200, text: 'all' });
  });
});

describe('toInformational', () => {
  it.each([
    ...['set-cookie', 'connection', 'transfer-encoding', 'content-length', 'upgrade', 'trailer', 'alt-svc', 'location'],
    ...['strict-transport-security', 'access-control-allow-origin', 'x-request-id', 'clear-site-data'],
  ])('leaves out %s', (name) => expect(toInformational({ [name]: 'a', link: '</a>' })).toEqual(['link', '</a>']));

  it('leaves out what Connection names', () => {
    expect(toInformational({ connection: 'x-hop', 'x-hop': '1' })).toEqual([]);
  });

  it('refuses what is too large', () => {
    expect(toInformational({ link: 'a'.repeat(8_189) })).toBeUndefined();
    expect(toInformational({ link: 'a'.repeat(8_188) })).toHaveLength(2);
    expect(toInformational({ link: Array<string>(2_100).fill('') })).toBeUndefined();
  });
});
