import type { HttpService } from '@nestjs/axios';
import { describe, expect, it } from '@jest/globals';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { AuthorizationOptions } from './authorization-options.ts';
import type { Discovery } from './discovery.ts';
import { Endpoints } from './endpoints.ts';

/** Of a server that says this of itself. No request gets further than its metadata. */
const endpointsOf = (baseUrl: string, metadata: object): Endpoints => {
  const discovery = { metadata: () => Promise.resolve({ issuer: baseUrl, ...metadata }) };
  const options = Object.assign(new AuthorizationOptions(), { baseUrl });
  return new Endpoints(discovery as unknown as Discovery, {} as HttpService, options);
};

describe.each(['authorization_endpoint', 'end_session_endpoint'] as const)('the page for browsers: %s', (page) => {
  it.each(['http://login.example.com/', 'http://127.0.0.1/'])(
    'is not %s when the issuer is https: what goes there could be read',
    async (url) => {
      const endpoints = endpointsOf('https://login.example.com', { [page]: url });
      expect(await rejectionOf(endpoints.page(page, 'exchangeCode'))).toMatchObject({
        code: 'upstream_invalid_answer',
        operation: 'exchangeCode',
        reason: `its ${page} is http, and its issuer https`,
      });
    },
  );

  it.each([
    ['https://login.example.com', 'https://pages.example.com/'],
    ['http://127.0.0.1', 'http://127.0.0.1/page'],
    ['https://login.example.com', undefined],
  ])('of the issuer %s may be %s', async (issuer, url) =>
    expect(await endpointsOf(issuer, { [page]: url }).page(page, 'exchangeCode')).toBe(url),
  );
});
