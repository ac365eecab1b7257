import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROBLEMS } from '../../src/inbound/problems/problem.ts';
import { ask, problemOf } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';

let breakwater: TestApp;

beforeAll(async () => {
  breakwater = await createApp();
});
afterAll(() => breakwater.close());

describe('the page of a problem', () => {
  it.each(Object.entries(PROBLEMS))('explains %s', async (code, { status, title, explanation }) => {
    const page = await ask(`${breakwater.url}/problems/${code}`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    for (const text of [code, String(status), title, explanation]) expect(page.text).toContain(text);
  });

  it.each(['teapot', '__proto__', 'constructor', 'NOT_FOUND', '%3Cscript%3E'])('is not there for %s', async (code) => {
    const answer = await ask(`${breakwater.url}/problems/${code}`);
    expect(problemOf(answer)).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('is where the type of every problem points to', async () => {
    const { type } = problemOf(await ask(`${breakwater.url}/api/v1/pokemon?limit=0`));
    expect((await ask(breakwater.url + type)).status).toBe(200);
  });
});
