import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readApiDocument, type ApiDocument } from '../../support/api-document.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';

const target = { endpoints: ['http://127.0.0.1:9'] };
const OPEN = { name: 'open', public: true, target, description: 'For all' };
const ROUTES = [
  OPEN,
  { name: 'scoped', scopes: ['ci:read', 'ci:write'], target, match: { methods: ['GET', 'PROPFIND', 'PUT'] } },
  { name: 'users', target, match: { path: '/users/{id}' } },
  { name: 'below', target, match: { prefix: '/v2' } },
  { name: 'both', public: true, match: { path: '/{id}' }, aggregate: { a: { target, path: '/{id}' } } },
];

let gateway: GatewayApp;
let paths: ApiDocument['paths'];
beforeAll(async () => {
  gateway = await createGateway(ROUTES);
  ({ paths } = await readApiDocument(gateway.url));
});
afterAll(() => gateway.close());

const gatewayPaths = (of: ApiDocument['paths']): string[] =>
  Object.keys(of).filter((path) => path.startsWith('/gateway/'));

const methodsOf = (path: string): string[] => Object.keys(paths[path] ?? {}).filter((key) => key !== 'parameters');

describe('the OpenAPI document', () => {
  it('has every route, where its requests go', () => {
    const all = ['open/{rest}', 'scoped/{rest}', 'users/users/{id}', 'below/v2/{rest}', 'both/{id}'];
    expect(gatewayPaths(paths)).toEqual(all.map((path) => `/gateway/${path}`));
  });

  it('says which methods they take, as far as it has words for them', () => {
    const all = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
    expect(methodsOf('/gateway/open/{rest}').toSorted()).toEqual(all.toSorted());
    expect(methodsOf('/gateway/scoped/{rest}')).toEqual(['get', 'put']);
    expect(methodsOf('/gateway/both/{id}')).toEqual(['get']);
  });

  it('says who may use them', () => {
    expect(paths['/gateway/scoped/{rest}']?.['get']?.security).toEqual([{ user: ['ci:read', 'ci:write'] }]);
    expect(paths['/gateway/users/users/{id}']?.['get']?.security).toEqual([{ user: [] }]);
    expect(paths['/gateway/open/{rest}']?.['get']?.security).toBeUndefined();
    expect(Object.keys(paths['/gateway/open/{rest}']?.['get']?.responses ?? {})).not.toContain('401');
    expect(paths['/gateway/scoped/{rest}']?.['get']?.responses).toHaveProperty('403');
  });

  it('names the parameters of their paths', () => {
    const named = paths['/gateway/users/users/{id}']?.['parameters'];
    expect(named).toEqual([{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]);
  });

  it('says nothing of where they lead', () => {
    expect(JSON.stringify(paths)).not.toContain('127.0.0.1:9');
  });

  it('has the routes of now after a reload', async () => {
    await gateway.write([OPEN, { name: 'fresh', target }]);
    const now = ['/gateway/open/{rest}', '/gateway/fresh/{rest}'];
    await eventually(async () => expect(gatewayPaths((await readApiDocument(gateway.url)).paths)).toEqual(now));
  });
});
