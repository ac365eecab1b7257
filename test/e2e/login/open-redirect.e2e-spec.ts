import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { askRaw } from '../../support/raw-http.ts';

/** As they stand in the query, encoded once for it. */
const ELSEWHERE = [
  'https://evil.example',
  'https:evil.example',
  'https:/evil.example',
  '//evil.example',
  '///evil.example',
  '/%5cevil.example',
  '/%5c/evil.example',
  '%5c%5cevil.example',
  '%2f%2fevil.example',
  '%252f%252fevil.example',
  '/%252fevil.example',
  '/%255cevil.example',
  '/%25252fevil.example',
  '/%09/evil.example',
  '/%0a/evil.example',
  '/%0d/evil.example',
  '/%2509/evil.example',
  '%09//evil.example',
  '%20//evil.example',
  '/%00/evil.example',
  '/a%0d%0aSet-Cookie:%20session=x',
  '/..//evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e%2e//evil.example',
  'javascript:alert(1)',
  'java%0ascript:alert(1)',
  'data:text/html,evil',
  '@evil.example',
  'https://127.0.0.1@evil.example',
  'http://127.0.0.1:80%5c@evil.example',
  'evil.example',
  '.evil.example',
  '?evil',
  '',
  '/%ef%bc%8fevil.example',
];

describe('a login that is to end somewhere else', () => {
  let breakwater: TestApp;
  beforeAll(async () => {
    breakwater = await createApp();
  });
  afterAll(() => breakwater.close());

  const login = (query: string) => askRaw(breakwater.url, `/auth/login?${query}`, { Host: '127.0.0.1' });

  it.each(ELSEWHERE)('does not begin: %s', async (returnTo) => {
    const answer = await login(`returnTo=${returnTo}`);
    expect(answer.status).toBe(400);
    const { code, errors } = problemOf(answer);
    expect({ code, errors }).toEqual({
      code: 'invalid_request',
      errors: [
        { field: 'returnTo', detail: 'must be a path on this site, such as /account, of at most 512 characters' },
      ],
    });
    expect(answer.text).not.toContain('evil');
    expect(answer.headers).not.toHaveProperty('location');
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });

  it.each(['returnTo=/a&returnTo=//evil.example', 'returnTo[]=/a', 'returnTo[a]=/a'])(
    'does not begin with more than one place: %s',
    async (query) => {
      expect((await login(query)).status).toBe(400);
    },
  );
});
