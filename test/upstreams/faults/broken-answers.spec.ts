import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { get } from 'node:http';
import { startFaultServer, type FaultServer } from '../fault-server.ts';
import { callRaw } from './raw-client.ts';

let server: FaultServer;

beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

async function bodyOf(path: string): Promise<string> {
  const { text } = await callRaw(server.url + path);
  return text.slice(text.indexOf('\r\n\r\n') + 4);
}

describe('broken framing', () => {
  it.each([
    ['/truncated', 'Content-Length: 1000', '{"items":['],
    ['/truncated-chunked', 'Transfer-Encoding: chunked', 'a\r\n{"items":[\r\n'],
    ['/malformed-chunk', 'Transfer-Encoding: chunked', 'not-hex\r\n{"items":[\r\n'],
  ])('%s stops short of what it announced', async (path, header, body) => {
    const { text, errorCode } = await callRaw(server.url + path);
    expect(text).toContain(header);
    expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toBe(body);
    expect(errorCode).toBeUndefined();
    const response = await fetch(server.url + path);
    await expect(response.text()).rejects.toThrow();
    expect(server.processed.byPath.get(path)).toBe(2);
  });

  it('/malformed-status is no HTTP at all', async () => {
    const [error] = (await once(get(`${server.url}/malformed-status`), 'error')) as [Error];
    expect(error).toMatchObject({ code: expect.stringMatching(/^HPE_/) });
  });
});

describe('wrong content', () => {
  it.each([
    ['/wrong-content-type', 'text/html; charset=utf-8', /^<!doctype html>/],
    ['/mislabelled-json', 'text/html; charset=utf-8', /^\{"ok":true\}$/],
    ['/unlabelled-json', null, /^\{"ok":true\}$/],
    ['/invalid-json', 'application/json', /^\{"ok":tru$/],
    ['/empty', 'application/json', /^$/],
    ['/wrong-shape', 'application/json', /^\[1,2,3\]$/],
  ])('%s has the type %s', async (path, type, body) => {
    const response = await fetch(server.url + path);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(await response.text()).toMatch(body);
  });

  it('/empty announces its length', async () => {
    expect((await callRaw(`${server.url}/empty`)).text).toContain('Content-Length: 0');
  });

  it('/broken-gzip cannot be unpacked', async () => {
    const response = await fetch(`${server.url}/broken-gzip`);
    expect(response.headers.get('content-encoding')).toBe('gzip');
    await expect(response.text()).rejects.toThrow();
  });
});

describe('oversized answers', () => {
  const MEBIBYTES_64 = 64 * 1024 * 1024;

  it('/huge-body is 64 MiB of JSON', async () => {
    const response = await fetch(`${server.url}/huge-body`);
    const text = await response.text();
    expect(text.length).toBeGreaterThan(MEBIBYTES_64);
    expect(text.slice(0, 4) + text.slice(-5)).toBe('["hhh",0]');
  });

  it('/zip-bomb is small on the wire and 64 MiB unpacked', async () => {
    expect((await bodyOf('/zip-bomb')).length).toBeLessThan(200_000);
    const text = await (await fetch(`${server.url}/zip-bomb`)).text();
    expect(text.length).toBe(MEBIBYTES_64 + 2);
  });

  it('/huge-headers has 256 KiB of them', async () => {
    const { text } = await callRaw(`${server.url}/huge-headers`);
    expect(text.indexOf('\r\n\r\n')).toBeGreaterThan(256 * 1024);
    const [error] = (await once(get(`${server.url}/huge-headers`), 'error')) as [Error];
    expect(error).toMatchObject({ code: 'HPE_HEADER_OVERFLOW' });
  });
});
