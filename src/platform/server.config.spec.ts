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
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/8;127.0.0.1'],
    ['TRUST_PROXY', '999.0.0.1'],
    ['TRUST_PROXY', '10.0.0.0/99'],
    ['REQUEST_TIMEOUT_MS', '0'],
    ['BODY_LIMIT_BYTES', '1MB'],
    ['OPS_TOKEN', 'too-short'],
  ])('refuses %s=%s', (variable, value) => {
    expect(read({ [variable]: value }).problems).toMatchObject([{ variable }]);
  });

  it('listens on this machine only, and trusts and shows nothing, unless told otherwise', () => {
    const { options, problems } = read({});
    expect(problems).toEqual([]);
    expect(options).toMatchObject({ port: 3000, host: '127.0.0.1', logLevel: 'info', corsOrigins: [], trustProxy: [] });
    expect(options.opsToken).toBeUndefined();
  });

  it('takes several origins and proxies', () => {
    const env = { CORS_ORIGINS: 'https://a.example, http://localhost:8080', TRUST_PROXY: 'loopback, 10.0.0.0/8, ::1' };
    expect(read(env).options).toMatchObject({
      corsOrigins: ['https://a.example', 'http://localhost:8080'],
      trustProxy: ['loopback', '10.0.0.0/8', '::1'],
    });
  });
});
