import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { speak, type RawAnswer } from '../../support/raw-http.ts';

let breakwater: TestApp;
beforeAll(async () => {
  breakwater = await createApp();
});
afterAll(() => breakwater.close());

const send = (...fields: string[]): Promise<RawAnswer> =>
  speak(
    breakwater.url,
    `GET /api/v1/me HTTP/1.1\r\nHost: test\r\n${fields.map((field) => `${field}\r\n`).join('')}\r\n`,
  );

const a = (length: number): string => 'a'.repeat(length);

describe('headers too large for the server', () => {
  it.each([
    ['100 KB of token', [`Authorization: Bearer ${a(100_000)}`]],
    ['a token a little too large', [`Authorization: Bearer ${a(20_000)}`]],
    ['a name in other letters', [`aUTHORIZATION: Bearer ${a(20_000)}`]],
    ['what comes before is large, too', [`X-Long: ${a(10_000)}`, `Authorization: Bearer ${a(10_000)}`]],
  ])('are a bad token when the token is it: %s', async (_what, fields) => {
    const { status, headers, text } = await send(...fields);
    expect([status, headers['content-type'], headers['connection']]).toEqual([
      401,
      'application/problem+json',
      'close',
    ]);
    expect(headers['www-authenticate']).toMatch(/^Bearer error="invalid_token", error_description="[^"]*too long"$/);
    expect(problemOf({ text })).toMatchObject({
      status: 401,
      code: 'unauthorized',
      requestId: headers['x-request-id'],
    });
  });

  it.each([
    ['another header', [`X-Long: ${a(100_000)}`]],
    ['one after the token', [`Authorization: Bearer ${a(10_000)}`, `X-Long: ${a(10_000)}`]],
    ['one that ends like it', [`X-Authorization: Bearer ${a(100_000)}`]],
    ['one that speaks of it', [`X-Long: Authorization: Bearer ${a(100_000)}`]],
    ['many', Array.from({ length: 50 }, (_, index) => `X-Long-${index}: ${a(500)}`)],
  ])('are too large when it is something else: %s', async (_what, fields) => {
    const { status, headers } = await send(...fields);
    expect([status, headers['www-authenticate']]).toEqual([431, undefined]);
  });
});
