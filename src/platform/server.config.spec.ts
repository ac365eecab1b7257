import { describe, expect, it } from '@jest/globals';
import { readOptions } from './config/read-options.ts';
import { ServerOptions } from './server.config.ts';

const read = (env: Record<string, string>) => readOptions({ type: ServerOptions, prefix: '' }, env);

describe('the server configuration', () => {
  it.each([
    ['PORT', '65536'],
    ['PORT', 'http'],
    ['HOST', 'http://localhost'],
    ['LOG_LEVEL', 'verbose'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://app.example.com/'],
    ['CORS_ORIGINS', 'app.example.com'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'https://a.example,,https://b.example'],
    ['PUBLIC_URL', 'api.example.com'],
    ['PUBLIC_URL', 'https://api.example.com/'],
    ['PUBLIC_URL', 'https://api.example.com/path'],
    ['PUBLIC_URL', 'https://API.example.com'],
    ['PUBLIC_URL', 'https://api.example.com:443'],
    ['PUBLIC_URL', 'https://ada:hunter2@api.example.com'],
    ['PUBLIC_URL', 'http://api.example.com'],
    ['PUBLIC_URL', 'http://127.0.0.1.example.com'],
    ['PUBLIC_URL', 'http://localhost.example.com:3000'],
    ['PUBLIC_URL', 'ftp://api.example.com'],
    ['PUBLIC_URL', 'null'],
    ['RATE_LIMIT', '100'],
    ['RATE_LIMIT', '0/60'],
    ['RATE_LIMIT', '100/0'],
    ['RATE_LIMIT', '100/60s'],
    ['RATE_LIMIT', '-1/60'],
    ['RATE_LIMIT', '1.5/60'],
    ['RATE_LIMIT', '100/60/60'],
    ['RATE_LIMIT', '100 per 60'],
    ['RATE_LIMIT', '1/100000'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/8;127.0.0.1'],
    ['TRUST_PROXY', '999.0.0.1'],
    ['TRUST_PROXY', '10.0.0.0/99'],
    ['REQUEST_TIMEOUT_MS', '0'],
    ['BODY_LIMIT_BYTES', '1MB'],
    ['OPS_TOKEN', 'too-short'],
    ['CURSOR_SECRET', 'thirty-one-characters-of-secret'],
  ])('refuses %s=%s', (variable, value) => {
    expect(read({ [variable]: value }).problems).toMatchObject([{ variable }]);
  });

  it('listens on this machine only, and trusts and shows nothing, unless told otherwise', () => {
    const { options, problems } = read({});
    expect(problems).toEqual([]);
    expect(options).toMatchObject({ port: 3000, host: '127.0.0.1', logLevel: 'info', corsOrigins: [], trustProxy: [] });
    for (const unset of [options.opsToken, options.publicUrl, options.rateLimit]) expect(unset).toBeUndefined();
  });

  it.each([
    'https://api.example.com',
    'https://api.example.com:8443',
    'http://localhost:3000',
    'http://127.0.0.1',
    'http://[::1]:3000',
  ])('takes PUBLIC_URL=%s', (value) => {
    expect(read({ PUBLIC_URL: value })).toMatchObject({ options: { publicUrl: value }, problems: [] });
  });

  it('shows nothing of a PUBLIC_URL that may hold a password', () => {
    expect(JSON.stringify(read({ PUBLIC_URL: 'https://ada:hunter2@api.example.com' }).problems)).not.toContain(
      'hunter2',
    );
  });

  it.each(['1/1', '100/60', '999999999/99999'])('takes RATE_LIMIT=%s', (value) => {
    expect(read({ RATE_LIMIT: value })).toMatchObject({ options: { rateLimit: value }, problems: [] });
  });

  it('takes several origins and proxies', () => {
    const env = { CORS_ORIGINS: 'https://a.example, http://localhost:8080', TRUST_PROXY: 'loopback, 10.0.0.0/8, ::1' };
    expect(read(env).options).toMatchObject({
      corsOrigins: ['https://a.example', 'http://localhost:8080'],
      trustProxy: ['loopback', '10.0.0.0/8', '::1'],
    });
  });
});
