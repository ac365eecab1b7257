import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Header, Module } from '@nestjs/common';
import { ask } from '../../support/ask.ts';
import { ADA, createGuardedApp, type GuardedApp } from '../authentication/known-callers.ts';

@Controller({ path: 'told', version: '1' })
class ToldController {
  @Get('cdn')
  @Header('cache-control', 'public, max-age=60')
  @Header('cdn-cache-control', 'max-age=600')
  @Header('surrogate-control', 'max-age=600')
  cdn(): object {
    return {};
  }

  @Get('quoted')
  @Header('cache-control', 'no-cache="set-cookie, public", max-age=5')
  quoted(): object {
    return {};
  }
}

@Module({ controllers: [ToldController] })
class ToldModule {}

let breakwater: GuardedApp;
beforeAll(async () => void (breakwater = await createGuardedApp({ imports: [ToldModule] })));
afterAll(() => breakwater.close());

const get = async (path: string) => {
  const { headers } = await ask(`${breakwater.url}/api/v1/told/${path}`, {
    headers: { authorization: `Bearer ${ADA}` },
  });
  return headers;
};

describe('an answer to a known caller', () => {
  // RFC 9213 §2.2: caches at which it is aimed look at no other.
  it.each(['cdn-cache-control', 'surrogate-control'])('is not for a CDN by way of %s', async (name) => {
    expect((await get('cdn')).get(name)).toBeNull();
  });

  it('keeps what is quoted in one piece', async () => {
    expect((await get('quoted')).get('cache-control')).toBe('private, no-cache="set-cookie, public", max-age=5');
  });
});

describe('a route for users', () => {
  it.each(['me', 'me?x', '%6de', './me', '../v1/me', 'me#x'])('is guarded however it is spelt: %s', async (path) => {
    for (const method of ['GET', 'HEAD'])
      expect((await statusOf(`/api/v1/${path}`, { method })).toString()).toMatch(/^40[14]$/);
  });

  it.each(['/api/v1/me', '/api/v1/%6de', '/api/v1/me?x'])('is not found by nobody, but refused: %s', async (path) => {
    expect([await statusOf(path), await statusOf(path, { method: 'HEAD' })]).toEqual([401, 401]);
  });
});

describe('a route for operators without OPS_TOKEN', () => {
  it('is for who asks this machine by its name', async () => {
    expect(await statusOf('/health/providers')).toBe(200);
  });

  // DNS rebinding: a page of evil.example, in a browser on this machine, may read what evil.example answers.
  it('is not for pages of a name that leads here', async () => {
    expect(await statusOf('/health/providers', { host: 'evil.example' })).toBe(401);
  });
});

/** `fetch` would normalise the path, and choose the Host. */
const statusOf = (path: string, { method = 'GET', host }: { method?: string; host?: string } = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port, host: own } = new URL(breakwater.url);
    const headers = { host: host ?? own };
    request({ hostname, port, path, method, headers }, (response) => resolve(response.resume().statusCode ?? 0))
      .once('error', reject)
      .end();
  });
