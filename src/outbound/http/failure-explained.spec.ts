import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { buildProvider } from '../../../test/support/build-provider.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import type { ExplainFailure } from '../define-provider.ts';
import { path } from './path.ts';

let listening: Listening;

const server = createServer((_request, answer) =>
  answer.writeHead(400).end('branch\n"mian" not found, token 0123456789abcdef'),
);

beforeAll(async () => {
  listening = await listenLocally(server);
});
afterAll(() => listening.close());

const reasonWith = async (explainFailure?: ExplainFailure): Promise<unknown> => {
  const built = buildProvider({
    baseUrl: `http://127.0.0.1:${listening.port}`,
    ...(explainFailure && { explainFailure }),
  });
  const { reason, message } = await built.client.get(path`/`).then(
    () => ({ reason: 'answered', message: '' }),
    (error: { reason: string; message: string }) => error,
  );
  await built.provider.close();
  expect(message).toContain(reason);
  return reason;
};

it('says nothing of an error answer but its status', async () => {
  expect(await reasonWith()).toBe('status 400');
  expect(await reasonWith(() => undefined)).toBe('status 400');
});

it('tells those on call what the provider finds in it, without what may be a secret', async () => {
  expect(await reasonWith(String)).toBe('status 400: branch "mian" not found, token …');
});
