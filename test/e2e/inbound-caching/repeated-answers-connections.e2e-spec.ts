import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { accessLineOf } from '../../support/access-log.ts';
import { ask } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { speak } from '../../support/raw-http.ts';
import { startPokeApi, type PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';

const CHARIZARD = '/api/v1/getCharizard';
const PAGE = '/api/v1/pokemon?limit=1';

let pokeApi: PokeApiStandIn;
let breakwater: TestApp;
/** Lets the slow module stop. */
let finish: () => void;
let finished: Promise<void>;

@Module({})
class SlowToStopModule implements BeforeApplicationShutdown {
  beforeApplicationShutdown(): Promise<void> {
    return finished;
  }
}

/** Modules stop from the outermost to the innermost: this one is inside of more than `InboundModule`. */
@Module({ imports: [SlowToStopModule] })
class InnerModule {}
@Module({ imports: [InnerModule] })
class OuterModule {}

beforeEach(async () => {
  finished = new Promise((resolve) => (finish = resolve));
  pokeApi = await startPokeApi({ latencyMs: 50 });
  breakwater = await createApp({ env: { POKEAPI_URL: pokeApi.url }, imports: [OuterModule] });
  await ask(breakwater.url + CHARIZARD);
});
afterEach(async () => {
  finish();
  await breakwater.close();
  await pokeApi.close();
});

const line = (path: string, headers = '', version = '1.1'): string =>
  `GET ${path} HTTP/${version}\r\nHost: test\r\n${headers}\r\n`;
const LAST = 'Connection: close\r\n';

/** Names of Pokémon, or numbers of items, by answer, and statuses, in the order they came. */
const answersTo = async (bytes: string): Promise<string[]> => {
  const { status, text: rest } = await speak(breakwater.url, bytes);
  const all = `HTTP/1.1 ${status} \r\n\r\n${rest}`;
  return [...all.matchAll(/HTTP\/1\.1 (\d+) |"name":"([a-z]+)"|"title":"([^"]+)"/g)].map((found) =>
    found.slice(1).join(''),
  );
};

describe('on one connection', () => {
  it('answers come in order, repeated ones after those that take longer', async () => {
    const paths = [CHARIZARD, PAGE, CHARIZARD, '/api/v1/pokemon/pikachu', '/api/v1/pokemon/charizard'];
    const bytes = [...paths.map((path) => line(path)), line(CHARIZARD, LAST)].join('');
    const names = ['charizard', 'bulbasaur', 'charizard', 'pikachu', 'charizard', 'charizard'];
    expect(await answersTo(bytes)).toEqual(names.flatMap((name) => ['200', name]));
  });

  it('many repeated ones follow each other', async () => {
    const answers = await answersTo(line(CHARIZARD).repeat(200) + line(CHARIZARD, LAST));
    expect(answers).toEqual(Array.from({ length: 201 }, () => ['200', 'charizard']).flat());
    expect(pokeApi.requests.length).toBe(1);
  });

  it.each([
    ['of a length', `Content-Length: ${line(PAGE).length}\r\n`, line(PAGE)],
    ['in chunks', 'Transfer-Encoding: chunked\r\n', `${line(PAGE).length.toString(16)}\r\n${line(PAGE)}\r\n0\r\n\r\n`],
  ])('a body %s is not taken for a request', async (_how, headers, body) => {
    const type = 'Content-Type: text/plain\r\n';
    const answers = await answersTo(line(CHARIZARD, type + headers) + body + line(CHARIZARD, LAST));
    expect(answers.filter((each) => /^\d+$/.test(each))).toHaveLength(2);
    expect(answers.slice(-2)).toEqual(['200', 'charizard']);
    expect(answers).not.toContain('bulbasaur');
    // That of the first request, and of the one with the body: it goes the long way.
    expect(breakwater.receipts.length).toBe(2);
  });

  it.each([
    ['1.1', LAST, 'close'],
    ['1.0', '', 'close'],
    ['1.0', 'Connection: keep-alive\r\n', 'keep-alive'],
  ])('of HTTP/%s %j the caller is told what becomes of it', async (version, headers, connection) => {
    const bytes = line(CHARIZARD, headers, version) + line('/nowhere', LAST);
    expect((await speak(breakwater.url, bytes)).headers['connection']).toBe(connection);
  });
});

describe('a caller who hangs up', () => {
  it('while an answer is repeated harms nobody, and has a line in the log', async () => {
    const callers = Array.from({ length: 20 }, () => connect(Number(new URL(breakwater.url).port), '127.0.0.1'));
    await Promise.all(callers.map((caller) => once(caller, 'connect')));
    for (const [index, caller] of callers.entries())
      caller.write(line(CHARIZARD, `X-Request-Id: gone-${index}\r\n`), () => caller.resetAndDestroy());
    for (const index of callers.keys()) {
      const { status } = await accessLineOf(breakwater, `gone-${index}`);
      expect([200, 499]).toContain(status);
    }
    expect((await ask(breakwater.url + CHARIZARD)).status).toBe(200);
  });
});

describe('while the server closes', () => {
  /** A connection with half a request on it, which nobody takes for idle. */
  const begin = async (): Promise<Socket> => {
    const socket = connect(Number(new URL(breakwater.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(line(CHARIZARD).slice(0, -2));
    await ask(breakwater.url + CHARIZARD);
    return socket;
  };

  it('who is still served is told that it was the last', async () => {
    const socket = await begin();
    finish();
    const closed = breakwater.close();
    await eventually(() => expect(breakwater.app.getHttpServer().listening).toBe(false));
    socket.write('\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer.match(/^connection: .*/gim)).toEqual(['connection: close']);
    await closed;
  });

  it('and still waits for another module, it tells so too', async () => {
    const socket = await begin();
    const closed = breakwater.close();
    await eventually(async () => {
      const { headers } = await ask(`${breakwater.url}/health/live`);
      expect(headers.get('connection')).toBe('close');
    });
    socket.write('\r\n');
    const [head] = (await once(socket, 'data')) as [Buffer];
    finish();
    socket.destroy();
    await closed;
    expect(String(head)).toMatch(/\r\nconnection: close\r\n/i);
  });
});
