import { afterEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { Agent, request } from 'undici';
import { startEcho, type EchoServer } from '../echo.stand-in.ts';
import { sha256OfPattern } from './pattern.ts';

let echo: EchoServer;
let agent: Agent;
afterEach(async () => {
  await agent.destroy();
  await echo.close();
});

const start = async (options: { tls?: boolean; h2?: boolean }, allowH2: boolean): Promise<void> => {
  echo = await startEcho(options);
  agent = new Agent({ allowH2, connect: { ca: echo.certificate, allowH2 } });
};

const get = (path: string) => request(echo.url + path, { dispatcher: agent });

describe('the echo stand-in behind TLS', () => {
  it('is trusted by nobody who was not told', async () => {
    await start({ tls: true }, false);
    await expect(request(`${echo.url}/echo`)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  it.each([
    [{ tls: true }, true, '1.1'],
    [{ h2: true }, false, '1.1'],
    [{ h2: true }, true, '2.0'],
  ])('of %j, asked by a client that can HTTP/2: %s, speaks HTTP/%s', async (options, allowH2, version) => {
    await start(options, allowH2);
    const { statusCode, body } = await get('/echo?x=1');
    expect([statusCode, await body.json()]).toEqual([200, expect.objectContaining({ httpVersion: version })]);
    expect(echo.requests).toMatchObject([{ url: '/echo?x=1', httpVersion: version, connection: 1 }]);
  });

  it('does by HTTP/2 what it does by HTTP/1.1', async () => {
    await start({ h2: true }, true);
    expect((await get('/status/503')).statusCode).toBe(503);
    const trailing = await get('/trailers');
    expect([await trailing.body.text(), trailing.trailers]).toMatchObject([
      'before the trailers',
      { 'x-checksum': 'abc' },
    ]);
    expect((await get('/cookies')).headers['set-cookie']).toHaveLength(6);
    const upload = { dispatcher: agent, method: 'POST', body: 'x'.repeat(100_000) } as const;
    expect(await (await request(`${echo.url}/upload`, upload)).body.json()).toMatchObject({ bytes: 100_000 });
    expect((await request(`${echo.url}/upload/refuse`, upload)).statusCode).toBe(413);
    const { body } = await get('/bytes/500000');
    const bytes = Buffer.from(await body.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256OfPattern(500_000));
    for (const path of ['/hints', '/processing']) expect((await get(path)).statusCode).toBe(200);
    await expect(get('/break').then((answer) => answer.body.text())).rejects.toThrow();
  });
});
