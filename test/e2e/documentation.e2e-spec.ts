import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROBLEMS } from '../../src/inbound/problems/problem.ts';
import { ask, jsonOf } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';

interface Response {
  readonly content?: Record<
    string,
    { readonly schema?: object; readonly examples?: Record<string, { readonly value: object }> }
  >;
}
interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly responses: Record<string, Response>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

const ROUTES = [
  '/api/v1/getCharizard',
  '/api/v1/pokemon',
  '/api/v1/pokemon/{name}',
  '/api/v1/pokemon/{name}/profile',
  '/api/v1/articles',
  '/api/v1/articles/{slug}',
  '/api/v1/articles/export',
  '/api/v1/webhooks/cms',
  '/api/v1/ci/projects',
  '/api/v1/ci/projects/{name}',
  '/api/v1/ci/workflows',
  '/api/v1/ci/workflows/{id}',
  '/api/v1/ci/workflows/{id}/rerun',
  '/api/v1/ci/workflows/{id}/stop',
  '/api/v1/ci/pipelines',
  '/api/v1/ci/pipelines/{id}',
  '/api/v1/ci/pipelines/{id}/stop',
  '/api/v1/ci/pipelines/{id}/rebuild',
  '/api/v1/ci/pipelines/{id}/promotions',
  '/api/v1/ci/jobs',
  '/api/v1/ci/jobs/{id}',
  '/api/v1/ci/jobs/{id}/logs',
  '/api/v1/ci/jobs/{id}/stop',
  '/api/v1/calls',
  '/api/v1/calls/{id}',
  '/api/v1/events/{topic}',
  '/api/v1/subscriptions',
  '/api/v1/subscriptions/{id}',
  '/api/v1/subscriptions/{id}/test',
  '/api/v1/me',
  '/auth/login',
  '/auth/callback',
  '/auth/logout',
  '/auth/session',
  '/gateway',
  '/health/live',
  '/health/ready',
  '/health/providers',
  '/metrics',
  '/ops/cache',
  '/ops/calls',
  '/ops/calls/{id}',
  '/ops/calls/{id}/retry',
  '/ops/providers/{name}/isolate',
  '/ops/providers/{name}/reset',
  '/ops/logging',
];

let breakwater: TestApp;
let document: Document;

beforeAll(async () => {
  breakwater = await createApp();
  document = jsonOf<Document>(await ask(`${breakwater.url}/docs/openapi.json`));
});
afterAll(() => breakwater.close());

/** The first of the methods that a path answers to: most have one. */
const operation = (path: string): Operation => Object.values(document.paths[path]!)[0]!;

/** The codes for which a response shows an example of a problem. */
const examplesOf = (response: Response | undefined): string[] =>
  Object.keys(response?.content?.['application/problem+json']?.examples ?? {}).sort();

describe('the OpenAPI document', () => {
  it('lists every route of the application', () => {
    expect(document.openapi).toMatch(/^3\./);
    expect(Object.keys(document.paths).sort()).toEqual([...ROUTES].sort());
    for (const path of ROUTES)
      for (const { summary } of Object.values(document.paths[path]!)) expect(summary).toMatch(/\w/);
  });

  it.each(ROUTES.slice(0, 7))('shows a problem answer with an example for each code: %s', (path) => {
    const { responses } = operation(path);
    expect(Object.keys(responses)).toContain('200');
    expect(examplesOf(responses['502'])).toEqual([
      'upstream_failed',
      'upstream_invalid_answer',
      'upstream_rejected',
      'upstream_unreachable',
    ]);
    expect(examplesOf(responses['503'])).toEqual([
      'circuit_open',
      'not_configured',
      'overloaded',
      'upstream_throttled',
    ]);
    expect(examplesOf(responses['504'])).toEqual(['upstream_timeout']);
  });

  it('shows what may be wrong with the input, where there is some', () => {
    expect(examplesOf(operation('/api/v1/pokemon').responses['400'])).toEqual(['invalid_request']);
    expect(examplesOf(operation('/api/v1/pokemon/{name}').responses['400'])).toEqual(['invalid_request']);
    expect(examplesOf(operation('/api/v1/pokemon/{name}').responses['404'])).toEqual(['not_found']);
    expect(examplesOf(operation('/api/v1/pokemon/{name}/profile').responses['404'])).toEqual(['not_found']);
  });

  it('shows who may not see the state of the providers', () => {
    expect(examplesOf(operation('/health/providers').responses['401'])).toEqual(['unauthorized']);
  });

  it('has examples that are whole problems', () => {
    const examples = ROUTES.flatMap((path) => Object.values(operation(path).responses))
      .flatMap((response) => Object.entries(response.content?.['application/problem+json']?.examples ?? {}))
      .map(([code, { value }]) => ({ code, value }));
    expect(examples.length).toBeGreaterThan(30);
    for (const { code, value } of examples) {
      expect(value).toMatchObject({
        code,
        type: `/problems/${code}`,
        status: PROBLEMS[code as keyof typeof PROBLEMS].status,
      });
      expect(Object.keys(value).sort()).toEqual(['code', 'detail', 'instance', 'requestId', 'status', 'title', 'type']);
    }
  });

  it('describes parameters and answers', () => {
    const parameters = operation('/api/v1/pokemon').parameters?.map(({ name, in: place, required }) => [
      name,
      place,
      required,
    ]);
    expect(parameters).toEqual([
      ['limit', 'query', false],
      ['offset', 'query', false],
    ]);
    expect(operation('/api/v1/pokemon/{name}').parameters?.[0]).toMatchObject({
      name: 'name',
      in: 'path',
      required: true,
    });
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['Pokemon', 'PokemonList', 'Profile', 'Problem']),
    );
  });

  it('refers to nothing that is not in it', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g);
    for (const [, name] of references) expect(Object.keys(document.components.schemas)).toContain(name);
  });
});

describe('/docs', () => {
  it('serves a page, and everything the page loads', async () => {
    const page = await ask(`${breakwater.url}/docs`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    const sources = [...page.text.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+)"/g)].map(
      ([, source]) => source!,
    );
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) expect((await ask(new URL(source, `${breakwater.url}/docs`).href)).status).toBe(200);
  });

  it('needs no script that its own security headers forbid', async () => {
    const { text } = await ask(`${breakwater.url}/docs`);
    const inline = [...text.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([^<]*)/g)].filter(([, code]) => code!.trim() !== '');
    expect(inline).toEqual([]);
  });
});
