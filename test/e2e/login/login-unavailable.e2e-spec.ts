import { afterEach, describe, expect, it } from '@jest/globals';
import { ask, askForProblem, jsonOf, problemOf } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { speak } from '../../support/raw-http.ts';

describe('a login without what it needs', () => {
  let breakwater: TestApp;
  afterEach(() => breakwater.close());

  it.each(['/auth/login', `/auth/callback?state=${'a'.repeat(43)}`])('is told so by %s', async (path) => {
    breakwater = await createApp();
    const expected = path.includes('callback') ? 'invalid_request' : 'not_configured';
    expect(await askForProblem(breakwater.url + path)).toMatchObject({ code: expected });
    expect(jsonOf(await ask(`${breakwater.url}/auth/session`))).toEqual({ isLoggedIn: false });
  });

  it.each([
    ['another Host', { Host: 'evil.example' }],
    ['a Host that only begins like ours', { Host: '127.0.0.1.evil.example' }],
    ['a Host that is no host', { Host: '127.0.0.1:99999' }],
    ['a proxy', { Host: '127.0.0.1', 'X-Forwarded-Host': 'app.example.com' }],
  ])('without PUBLIC_URL, says to set it to who comes with %s', async (_what, headers) => {
    breakwater = await createApp({
      env: { AUTH_ISSUER: 'http://127.0.0.1:1', AUTH_CLIENT_ID: 'x', AUTH_CLIENT_SECRET: 'y'.repeat(16) },
    });
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const answer = await speak(
      breakwater.url,
      `GET /auth/login HTTP/1.1\r\nConnection: close\r\n${lines.join('')}\r\n`,
    );
    expect(answer.status).toBe(400);
    expect(problemOf(answer).detail).toContain('PUBLIC_URL');
  });
});
