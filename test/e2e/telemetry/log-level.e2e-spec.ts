import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';

const TOKEN = 'the-token-of-operators';
const OPERATOR = { authorization: `Bearer ${TOKEN}` };

let breakwater: TestApp;
beforeAll(async () => {
  breakwater = await createApp({ env: { OPS_TOKEN: TOKEN, LOG_LEVEL: 'warn' } });
});
afterEach(() => put({ level: 'warn' }));
afterAll(() => breakwater.close());

const put = (body: unknown, headers: Record<string, string> = OPERATOR): Promise<Answer> =>
  ask(`${breakwater.url}/ops/logging`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const current = async (): Promise<object> => jsonOf(await ask(`${breakwater.url}/ops/logging`, { headers: OPERATOR }));

describe('/ops/logging', () => {
  it.each<[string, Record<string, string>]>([
    ['nobody', {}],
    ['a wrong token', { authorization: 'Bearer wrong' }],
  ])('is not for %s', async (_who, headers) => {
    const answer = await put({ level: 'trace' }, headers);
    expect([answer.status, answer.text.includes('warn')]).toEqual([401, false]);
    expect((await ask(`${breakwater.url}/ops/logging`, { headers })).status).toBe(401);
    expect(await current()).toEqual({ level: 'warn' });
  });

  it.each<[unknown, string]>([
    [{}, 'level'],
    [{ level: 'loud' }, 'level'],
    [{ level: 'DEBUG' }, 'level'],
    [{ level: ['debug'] }, 'level'],
    [{ level: '__proto__' }, 'level'],
    [{ level: 'debug', forS: 0 }, 'forS'],
    [{ level: 'debug', forS: 86_401 }, 'forS'],
    [{ level: 'debug', forS: 1.5 }, 'forS'],
    [{ level: 'debug', forS: '60' }, 'forS'],
    [{ level: 'debug', more: 1 }, 'more'],
  ])('refuses %j', async (body, field) => {
    const answer = await put(body);
    expect([answer.status, problemOf(answer).errors?.map((error) => error.field)]).toEqual([400, [field]]);
    expect(await current()).toEqual({ level: 'warn' });
  });

  it.each(['null', '[]', '"debug"', '{'])('refuses the body %s', async (body) => {
    const headers = { ...OPERATOR, 'content-type': 'application/json' };
    expect((await ask(`${breakwater.url}/ops/logging`, { method: 'PUT', headers, body })).status).toBe(400);
    expect(await current()).toEqual({ level: 'warn' });
  });

  it('has the process log more from the next request on, and tells of the change', async () => {
    breakwater.logLines.length = 0;
    await ask(`${breakwater.url}/health/live`);
    expect(breakwater.logLines).toEqual([]);
    expect(jsonOf(await put({ level: 'info' }))).toEqual({ level: 'info' });
    await ask(`${breakwater.url}/health/live`, { headers: { 'x-request-id': 'seen' } });
    const lines = breakwater.logLines.join('');
    expect(lines).toContain('"logLevel":"info","before":"warn","by":"an operator"');
    expect(lines).not.toContain(TOKEN);
    expect(await current()).toEqual({ level: 'info' });
  });

  it('says until when it is so', async () => {
    const before = Date.now();
    const { level, until, after } = jsonOf<{ level: string; until: string; after: string }>(
      await put({ level: 'error', forS: 600 }),
    );
    expect([level, after]).toEqual(['error', 'warn']);
    expect(Date.parse(until)).toBeGreaterThanOrEqual(before + 600_000);
    expect(await current()).toEqual({ level, until, after });
    expect(jsonOf(await put({ level: 'error', forS: null }))).toEqual({ level: 'error' });
  });
});
