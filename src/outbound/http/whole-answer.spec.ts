import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { buildProvider, type BuiltProvider } from '../../../test/support/build-provider.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { path } from './path.ts';

const SIGNED = 'https://files.example/log?signature=abc';

let listening: Listening;
let built: BuiltProvider;
let asked: string[];

const server = createServer(({ url = '' }, answer) => {
  asked.push(url);
  if (url === '/moved') answer.writeHead(302, { location: SIGNED }).end('<a href="/">moved</a>');
  else if (url === '/kept') answer.writeHead(200, { 'cache-control': 'max-age=60', 'x-page': '2' }).end('[1]');
  else answer.writeHead(Number(url.slice(1)), { location: SIGNED }).end();
});

beforeAll(async () => {
  listening = await listenLocally(server);
});
afterAll(() => listening.close());
beforeEach(() => {
  asked = [];
  built = buildProvider({
    baseUrl: `http://127.0.0.1:${listening.port}`,
    maxAttempts: 1,
    operations: { getFile: { mayRedirect: true }, getList: {} },
  });
});
afterEach(() => built.provider.close());

const whole = z.object({ status: z.number(), headers: z.object({ location: z.string() }), body: z.unknown() });

describe('an answer that is asked for whole', () => {
  it('gives the schema what the upstream says beside the body, from the store as well', async () => {
    const answer = z
      .object({ headers: z.object({ 'x-page': z.coerce.number() }), body: z.array(z.number()) })
      .transform(({ headers, body }) => ({ page: headers['x-page'], items: body }));
    const get = (): Promise<unknown> => built.client.get(path`/kept`, { operation: 'getList', answer, whole: true });
    expect([await get(), await get(), asked]).toEqual([{ page: 2, items: [1] }, { page: 2, items: [1] }, ['/kept']]);
  });

  it('may be a redirect where the operation says so, and that is not followed', async () => {
    const { client, receipts } = built;
    const moved = await client.get(path`/moved`, { operation: 'getFile', answer: whole, whole: true });
    expect(moved).toEqual({ status: 302, headers: expect.objectContaining({ location: SIGNED }), body: undefined });
    expect([asked, receipts[0]?.outcome, receipts[0]?.status]).toEqual([['/moved'], 'answered', 302]);
  });

  it('is no redirect otherwise', async () => {
    const asWhole = built.client.get(path`/moved`, { operation: 'getList', answer: whole, whole: true });
    await expect(asWhole).rejects.toMatchObject({ code: 'upstream_invalid_answer', status: 302 });
  });

  it.each([300, 304, 305, 404, 500])(
    'is no answer with status %i, though its operation may redirect',
    async (status) => {
      const failed = built.client.get(path`/${String(status)}`, { operation: 'getFile', answer: whole, whole: true });
      await expect(failed).rejects.toMatchObject({ name: 'UpstreamError', status });
    },
  );
});
