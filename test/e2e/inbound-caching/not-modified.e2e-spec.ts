import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { speak, type RawAnswer } from '../../support/raw-http.ts';
import { source, sourced } from './sourced.module.ts';

const PATH = '/api/v1/sourced/small';
const LONG_PATH = '/api/v1/sourced/long';

let breakwater: TestApp;
beforeAll(async () => {
  breakwater = await createApp({ imports: [sourced(() => [source({ ageMs: 7_000 })])] });
});
afterAll(() => breakwater.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  ask(breakwater.url + path, { method, headers });

const tagOf = async (path: string, acceptEncoding = 'identity', method = 'GET'): Promise<string> =>
  (await get(path, { 'accept-encoding': acceptEncoding }, method)).headers.get('etag') ?? '';

/** The answer as it travels, and nothing of what a client makes of it. */
const askBare = (method: string, path: string, headers: Record<string, string>): Promise<RawAnswer> => {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return speak(
    breakwater.url,
    `${method} ${path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n${fields.join('')}\r\n`,
  );
};

describe('the tag of an answer', () => {
  it('is strong, and stays as long as the answer', async () => {
    const tag = await tagOf(PATH);
    expect(tag).toMatch(/^"[\w-]+"$/);
    expect(await tagOf(PATH)).toBe(tag);
    expect(await tagOf(PATH, 'identity', 'HEAD')).toBe(tag);
    expect(await tagOf(LONG_PATH)).not.toBe(tag);
  });

  it.each(['br', 'gzip'])('is another when it is sent as %s', async (coding) => {
    const bare = await tagOf(LONG_PATH);
    expect(await tagOf(LONG_PATH, coding)).toBe(bare.replace(/"$/, `-${coding}"`));
  });

  it('is the plain one for what is not worth compressing', async () => {
    expect(await tagOf(PATH, 'br, gzip')).toBe(await tagOf(PATH));
  });

  it('is there for bytes, not for streams, and not when there is no content', async () => {
    const paths = ['bytes', 'stream', 'nothing'];
    const tags = await Promise.all(paths.map((path) => tagOf(`/api/v1/sourced/${path}`)));
    expect(tags).toEqual([expect.stringMatching(/^"[\w-]+"$/), '', '']);
  });

  it.each([
    ['opinionated', 'identity', '"v1"'],
    ['opinionated', 'gzip', '"v1-gzip"'],
    ['weakly-tagged', 'gzip', 'W/"v1"'],
    ['compressed', 'gzip', '"theirs"'],
  ])('is the one the handler gave: %s, sent as %s', async (path, acceptEncoding, tag) => {
    expect(await tagOf(`/api/v1/sourced/${path}`, acceptEncoding)).toBe(tag);
  });
});

describe('who has the answer already', () => {
  it.each(['GET', 'HEAD'])('gets the headers that say so, and no content, on %s', async (method) => {
    const tag = await tagOf(PATH);
    const { status, headers, text } = await askBare(method, PATH, { 'If-None-Match': tag });
    expect([status, text]).toEqual([304, '']);
    expect(headers).toMatchObject({
      etag: tag,
      'cache-control': 'public, max-age=60',
      age: '7',
      'cache-status': 'pokeapi; hit',
      vary: 'accept-encoding',
    });
    expect(headers['x-request-id']).toMatch(/./);
    for (const name of ['content-type', 'content-length', 'content-encoding', 'transfer-encoding'])
      expect(headers).not.toHaveProperty(name);
  });

  it.each(['GET', 'HEAD'])('gets no content either when it would have been compressed, on %s', async (method) => {
    const tag = await tagOf(LONG_PATH, 'br');
    const asked = { 'If-None-Match': tag, 'Accept-Encoding': 'br, gzip' };
    const { status, headers, text } = await askBare(method, LONG_PATH, asked);
    expect([status, text, headers['etag'], headers['content-encoding']]).toEqual([304, '', tag, undefined]);
    expect(headers).not.toHaveProperty('content-length');
  });

  it('can go on with the same connection', async () => {
    const tag = await tagOf(LONG_PATH);
    const line = (method: string) => `${method} ${LONG_PATH} HTTP/1.1\r\nHost: test\r\nIf-None-Match: ${tag}\r\n`;
    const bytes = `${line('HEAD')}\r\n${line('GET')}\r\n${line('GET')}Connection: close\r\n\r\n`;
    expect((await speak(breakwater.url, bytes)).text.match(/HTTP\/1\.1 304/g)).toHaveLength(2);
  });

  it.each([
    ['in a list', (tag: string) => `"x", ${tag}, W/"y"`],
    ['called weak', (tag: string) => `W/${tag}`],
    ['compressed by brotli', (tag: string) => tag.replace(/"$/, '-br"')],
    ['compressed by gzip, called weak', (tag: string) => `W/${tag.replace(/"$/, '-gzip"')}`],
    ['whatever it is', () => '*'],
  ])('is believed when the tag comes %s', async (_how, toHeader) => {
    const header = toHeader(await tagOf(LONG_PATH));
    const asked = { 'if-none-match': header, 'accept-encoding': 'gzip, br' };
    expect((await get(LONG_PATH, asked)).status).toBe(304);
    expect((await get(LONG_PATH, asked, 'HEAD')).status).toBe(304);
  });

  it('gets the content when what it has is of a coding it does not accept', async () => {
    const header = (await tagOf(LONG_PATH)).replace(/"$/, '-br"');
    const { status, headers } = await get(LONG_PATH, { 'if-none-match': header, 'accept-encoding': 'gzip' });
    expect([status, headers.get('content-encoding')]).toEqual([200, 'gzip']);
  });

  it.each(['"x"', 'W/"x"', '"x", "y"', '', 'x', '"'])('gets the content when it has another: %s', async (header) => {
    const { status, text } = await get(PATH, { 'if-none-match': header });
    expect([status, text]).toEqual([200, '{"name":"charizard"}']);
  });

  it('is told so by the tags of handlers too', async () => {
    for (const path of ['opinionated', 'weakly-tagged']) {
      const { status, headers } = await get(`/api/v1/sourced/${path}`, { 'if-none-match': '"v1"' });
      expect([status, headers.get('etag')]).toEqual([304, path === 'opinionated' ? '"v1"' : 'W/"v1"']);
    }
  });

  it('gets nothing of what the handler compressed itself', async () => {
    const { status, headers } = await askBare('GET', '/api/v1/sourced/compressed', { 'If-None-Match': '"theirs"' });
    expect([status, headers['etag'], headers['content-encoding']]).toEqual([304, '"theirs"', undefined]);
  });

  it('gets everything where there is nothing to compare', async () => {
    const asked = { 'if-none-match': '*' };
    expect((await get(PATH, asked, 'POST')).status).toBe(200);
    expect((await get('/api/v1/sourced/stream', asked)).text).toBe('charizard');
    expect((await get('/api/v1/sourced/missing', asked)).status).toBe(404);
    expect((await get('/nowhere', asked)).status).toBe(404);
  });
});
