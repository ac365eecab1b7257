import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessLineOf } from '../support/access-log.ts';
import { ask, problemOf } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { INSIDE, REFUSALS, THROWN, ThrowingModule } from './inbound/throwing.module.ts';

let breakwater: TestApp;

beforeAll(async () => {
  breakwater = await createApp({ imports: [ThrowingModule] });
});
afterAll(() => breakwater.close());

describe.each(['at-once', 'later'])('a handler that throws %s', (when) => {
  it.each(Object.keys(THROWN))('%s is answered 500 internal, and tells nothing', async (what) => {
    const answer = await ask(`${breakwater.url}/api/v1/throwing/${when}/${what}`);
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(problemOf(answer)).toMatchObject({
      status: 500,
      code: 'internal',
      requestId: answer.headers.get('x-request-id'),
    });
    expect(answer.text).not.toContain(INSIDE);
    expect(answer.text).not.toMatch(/\.ts|node_modules|\bat /);
  });

  it.each(Object.keys(REFUSALS))('the refusal %s is answered with its own status', async (what) => {
    const status = REFUSALS[what]!.getStatus();
    const answer = await ask(`${breakwater.url}/api/v1/throwing/${when}/${what}`);
    expect(answer.status).toBe(status);
    const code = { 401: 'unauthorized', 409: 'conflict' }[status] ?? 'invalid_request';
    expect(problemOf(answer)).toMatchObject({ status, code, detail: REFUSALS[what]!.message });
    expect(answer.text).not.toContain(INSIDE);
  });
});

describe('the log of an error that nobody foresaw', () => {
  it('has its stack, and the request it belongs to', async () => {
    await ask(`${breakwater.url}/api/v1/throwing/at-once/error`, { headers: { 'x-request-id': 'foreseen-1' } });
    expect(await accessLineOf(breakwater, 'foreseen-1')).toMatchObject({
      status: 500,
      failure: { code: 'internal', reason: 'Error' },
    });
    const line = breakwater.logLines.find((text) => text.includes('"level":"error"') && text.includes('foreseen-1'))!;
    expect(JSON.parse(line)).toMatchObject({
      error: { message: INSIDE, stack: expect.stringContaining('throwing.module.ts') },
    });
  });
});
