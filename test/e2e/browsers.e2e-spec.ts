import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, type Answer } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { askRaw, speak, type RawAnswer } from '../support/raw-http.ts';

const LISTED = ['https://app.example.com', 'http://localhost:5173'];
const UNLISTED = [
  'https://evil.example',
  'https://app.example.com.evil.example',
  'http://app.example.com',
  'https://APP.example.com',
  'null',
];

/** Headers of CORS that an answer carries. */
const corsOf = (headers: Readonly<Record<string, string>>): string[] =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('security headers', () => {
  let breakwater: TestApp;
  beforeAll(async () => {
    breakwater = await createApp();
  });
  afterAll(() => breakwater.close());

  const headersOf = async (path: string): Promise<Headers> => {
    const { headers }: Answer = await ask(breakwater.url + path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
    for (const talkative of ['x-powered-by', 'server']) expect(headers.get(talkative)).toBeNull();
    return headers;
  };

  it.each(['/health/live', '/nowhere', '/api/v1/pokemon?limit=0'])(
    'let nothing be made of the data at %s',
    async (path) => {
      const headers = await headersOf(path);
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    },
  );

  it.each(['/problems/not_found', '/docs'])('let the page at %s load from ourselves only', async (path) => {
    const headers = await headersOf(path);
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});

describe('scripts of other origins, when none is listed', () => {
  let breakwater: TestApp;
  beforeAll(async () => {
    breakwater = await createApp();
  });
  afterAll(() => breakwater.close());

  it('get no CORS header at all', async () => {
    for (const origin of [...LISTED, ...UNLISTED]) {
      const { headers } = await askRaw(breakwater.url, '/health/live', { Origin: origin });
      expect(corsOf(headers)).toEqual([]);
    }
  });
});

describe('scripts of other origins, when some are listed', () => {
  let breakwater: TestApp;
  beforeAll(async () => {
    breakwater = await createApp({ env: { CORS_ORIGINS: LISTED.join(', ') } });
  });
  afterAll(() => breakwater.close());

  const preflight = (origin: string, method = 'GET'): Promise<RawAnswer> =>
    speak(
      breakwater.url,
      `OPTIONS /api/v1/pokemon HTTP/1.1\r\nHost: test\r\nConnection: close\r\nOrigin: ${origin}\r\n` +
        `Access-Control-Request-Method: ${method}\r\nAccess-Control-Request-Headers: X-Request-Timeout-Ms\r\n\r\n`,
    );

  it.each(LISTED)('may call with credentials from %s', async (origin) => {
    const { headers } = await askRaw(breakwater.url, '/health/live', { Origin: origin });
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
    });
    expect(headers['vary']).toMatch(/\bOrigin\b/);
    expect(headers['access-control-expose-headers']).toMatch(/X-Request-Id.*Retry-After/);
  });

  it.each(['/nowhere', '/api/v1/pokemon?limit=0'])('may read problems, such as that of %s', async (path) => {
    const { headers } = await askRaw(breakwater.url, path, { Origin: LISTED[0]! });
    expect(headers['access-control-allow-origin']).toBe(LISTED[0]);
  });

  it.each(UNLISTED)('get nothing from %s', async (origin) => {
    const { headers, status } = await askRaw(breakwater.url, '/health/live', { Origin: origin });
    expect(status).toBe(200);
    expect(corsOf(headers)).toEqual([]);
    // A cache must not give this answer to a listed origin.
    expect(headers['vary']).toMatch(/\bOrigin\b/);
  });

  it.each(LISTED)('may ask first from %s', async (origin) => {
    const { headers, status } = await preflight(origin, 'DELETE');
    expect(status).toBe(204);
    expect(headers['access-control-allow-origin']).toBe(origin);
    expect(headers['access-control-allow-methods']?.split(/, */).sort()).toEqual([
      'DELETE',
      'GET',
      'HEAD',
      'PATCH',
      'POST',
      'PUT',
    ]);
    expect(headers['access-control-allow-headers']).toMatch(/X-Request-Timeout-Ms/i);
    expect(headers['access-control-max-age']).toBe('600');
    expect(headers['x-request-id']).toMatch(/./);
  });

  it.each(UNLISTED)('ask in vain from %s', async (origin) => {
    expect(corsOf((await preflight(origin)).headers)).toEqual([]);
  });
});
