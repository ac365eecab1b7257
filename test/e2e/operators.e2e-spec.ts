import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { ask, jsonOf, problemOf, type Answer } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';

const TOKEN = 'a-token-for-operators-only';

let breakwater: TestApp;
afterEach(() => breakwater.close());

const look = (headers: Record<string, string> = {}, query = ''): Promise<Answer> =>
  ask(`${breakwater.url}/health/providers${query}`, { headers });

const statusFrom = async (remoteAddress: string): Promise<number> => {
  const server = breakwater.app.get(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();
  return (await server.inject({ url: '/health/providers', remoteAddress })).statusCode;
};

describe('the report on providers, when no OPS_TOKEN is set', () => {
  it('is there for callers on this machine', async () => {
    breakwater = await createApp({ env: { POKEAPI_URL: 'off' } });
    const answer = await look();
    expect(answer.status).toBe(200);
    expect(jsonOf(answer)).toMatchObject({
      providers: [
        { name: 'authorization' },
        { name: 'cms' },
        { name: 'pokeapi', isConfigured: false, circuit: 'closed' },
        { name: 'semaphore' },
      ],
    });
    for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])
      expect(await statusFrom(address)).toBe(200);
  });

  it('is there for nobody else', async () => {
    breakwater = await createApp();
    for (const address of ['10.0.0.1', '203.0.113.9', '::ffff:10.0.0.1', '2001:db8::1', '1127.0.0.1']) {
      expect(await statusFrom(address)).toBe(401);
    }
  });

  it.each(['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Real-IP', 'Via'])(
    'is not there for who comes through a proxy that says so by %s',
    async (name) => {
      breakwater = await createApp();
      const answer = await look({ [name]: '127.0.0.1' });
      expect(problemOf(answer)).toMatchObject({ status: 401, code: 'unauthorized' });
    },
  );

  it('is not there for who comes through a trusted proxy either', async () => {
    breakwater = await createApp({ env: { TRUST_PROXY: 'loopback' } });
    expect((await look({ 'X-Forwarded-For': '203.0.113.9' })).status).toBe(401);
    expect((await look({ 'X-Forwarded-For': '127.0.0.1' })).status).toBe(401);
  });
});

describe.each(['OPS_TOKEN', 'OPS_TOKEN_FILE'])('the report on providers, when %s is set', (variable) => {
  let directory: string;
  let value: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ops-token-'));
    const file = join(directory, 'token');
    await writeFile(file, `${TOKEN}\n`);
    value = variable === 'OPS_TOKEN' ? TOKEN : file;
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('is there for who presents it', async () => {
    breakwater = await createApp({ env: { [variable]: value } });
    expect((await look({ authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expect((await look({ authorization: `bearer ${TOKEN}` })).status).toBe(200);
    expect((await look({ authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '203.0.113.9' })).status).toBe(200);
  });

  it('is not there for anybody else, on this machine or not', async () => {
    breakwater = await createApp({ env: { [variable]: value } });
    const wrong = [
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN.slice(1)}`,
      `Bearer ${TOKEN} x`,
      `Basic ${TOKEN}`,
      TOKEN,
      'Bearer',
      'Bearer ',
    ];
    for (const authorization of wrong) expect((await look({ authorization })).status).toBe(401);
    expect((await look()).status).toBe(401);
    expect((await look({}, `?access_token=${TOKEN}`)).status).toBe(401);
    expect((await look({ 'x-api-key': TOKEN, cookie: `token=${TOKEN}` })).status).toBe(401);
  });

  it('does not close the routes that are for everybody', async () => {
    breakwater = await createApp({ env: { [variable]: value } });
    for (const path of ['/health/live', '/health/ready']) {
      const answer = await ask(breakwater.url + path);
      expect([answer.status, jsonOf(answer)]).toEqual([200, expect.objectContaining({ status: 'ok' })]);
    }
  });
});
