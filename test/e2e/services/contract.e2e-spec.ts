import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  answerFaults,
  nameOfOperation,
  operationOf,
  readApiDocument,
  type ApiDocument,
} from '../../support/api-document.ts';
import { ask, type Answer } from '../../support/ask.ts';
import { startCms } from '../../upstreams/cms.stand-in.ts';
import type { CmsStandIn } from '../../upstreams/cms/cms-handles.ts';
import { KINDS, urlOf, WEBHOOK_SECRET } from '../articles/cms-scene.ts';
import { ciRoutes, type CiRoute } from '../ci/ci-routes.ts';
import { BOTH, startCi, STRANGER, type CiScene } from '../ci/ci-scene.ts';

const OURS = /^\/api\/v1\/(?:ci|articles|webhooks)\b/;
const ABSENT = '00000000-0000-4000-8000-000000000000';
const SPARE = { slug: 'spare', title: 'Spare', body: null, publishedAt: null };

interface Route extends CiRoute {
  readonly headers?: Readonly<Record<string, string>>;
}

// Hundreds of requests, on a busy machine.
jest.setTimeout(60_000);

let cms: CmsStandIn;
let breakwater: CiScene;
let document: ApiDocument;

const start = async (kind: (typeof KINDS)[number]): Promise<void> => {
  cms = await startCms();
  cms.put(SPARE);
  const theirs = { CMS_URL: urlOf(cms, kind), CMS_KIND: kind, CMS_WEBHOOK_SECRET: WEBHOOK_SECRET };
  breakwater = await startCi({ env: { ...theirs, SEMAPHORE_MAX_ATTEMPTS: '1', CMS_MAX_ATTEMPTS: '1' } });
  document = await readApiDocument(breakwater.url);
};
const stop = async (): Promise<void> => {
  await breakwater.close();
  await cms.close();
};

const EVENT = { 'x-strapi-event': 'entry.update', 'x-webhook-secret': WEBHOOK_SECRET };
const webhook = (headers: Route['headers'] = EVENT, body = cms.webhookBody('entry.update', 'spare')): Route => ({
  ...{ method: 'POST', path: '/api/v1/webhooks/cms', body, headers },
});
const get = (path: string, headers: Route['headers'] = {}): Route => ({ method: 'GET', path, headers });
const ofCi = (routes: readonly Route[]): Route[] =>
  routes.map((route) => ({ ...route, path: `/api/v1/ci${route.path}` }));

/** Everything that is answered, as fully and as poorly as it can be. */
const goodRoutes = (): Route[] => {
  const { samples, workflowIds, jobIds } = breakwater.semaphore;
  const { projectId, barePipelineId, donePipelineId, passedPipelineId, pipelineId, jobId, movedLogJobId } = samples;
  return [
    ...['', '?limit=3&offset=4', '/spare', `/how-a-breakwater-works`, '/export'].map((path) =>
      get(`/api/v1/articles${path}`),
    ),
    webhook(),
    ...ofCi([
      ...ciRoutes(samples),
      ...['/projects?limit=1', `/workflows?projectId=${projectId}&limit=100`, '/jobs?limit=100'].map((path) =>
        get(path),
      ),
      ...[`/pipelines?projectId=${projectId}&limit=100`, `/pipelines/${pipelineId}/promotions?limit=1`].map((path) =>
        get(path),
      ),
      ...[donePipelineId, passedPipelineId, barePipelineId].map((id) => get(`/pipelines/${id}`)),
      ...workflowIds.slice(0, 8).map((id) => get(`/workflows/${id}`)),
      ...jobIds.map((id) => get(`/jobs/${id}`)),
      ...['text/plain', 'application/json'].map((accept) => get(`/jobs/${jobId}/logs`, { accept })),
      get(`/jobs/${movedLogJobId}/logs`),
    ]),
  ];
};

const send = ({ method, path, body, headers }: Route, authorization = `Bearer ${BOTH}`): Promise<Answer> =>
  ask(breakwater.url + path, {
    method,
    headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

/** Where the answers to some routes are not as the document has it. */
const faultsOf = async (routes: readonly Route[], authorization?: string): Promise<string[]> => {
  const faults: string[] = [];
  for (const route of routes) {
    const name = nameOfOperation(document, route.method, route.path);
    const found =
      name === undefined ? ['is not described'] : answerFaults(document, name, await send(route, authorization));
    faults.push(...found.map((fault) => `${route.method} ${route.path}: ${fault}`));
  }
  return faults;
};

const described = (): string[] =>
  Object.entries(document.paths)
    .filter(([path]) => OURS.test(path))
    .flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`));

describe.each(KINDS)('the document, with a CMS of kind %s', (kind) => {
  beforeAll(() => start(kind));
  afterAll(stop);

  it('describes each route, and nothing that is not one', () => {
    const names = goodRoutes().map(({ method, path }) => nameOfOperation(document, method, path));
    expect([...new Set(names)].sort()).toEqual(described().sort());
  });

  it('describes each answer as it is, field by field', async () => {
    expect(await faultsOf(goodRoutes())).toEqual([]);
  });
});

describe('the document describes', () => {
  beforeAll(() => start('contract'));
  afterAll(stop);

  const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
  const those = (method: Route['method']): Route[] => goodRoutes().filter((route) => route.method === method);

  it('who may enter: users where a token is needed, and nobody else', () => {
    for (const name of described()) {
      const needed = name.includes('/ci/') ? [{ user: [] }] : undefined;
      expect([name, operationOf(document, name).security]).toEqual([name, needed]);
    }
  });

  it('what a stranger is told, and who may too little', async () => {
    const wrong = [
      ...goodRoutes().filter(({ path }) => path.includes('/ci/')),
      webhook({ ...EVENT, 'x-webhook-secret': 'x' }),
    ];
    expect(await faultsOf(wrong, 'Bearer made-up')).toEqual([]);
    expect(await faultsOf(goodRoutes(), `Bearer ${STRANGER}`)).toEqual([]);
  });

  it('what is wrong with a request', async () => {
    const withMore = goodRoutes().map((route) => ({
      ...route,
      path: `${route.path}${route.path.includes('?') ? '&' : '?'}more=1`,
    }));
    const withLess = those('POST').map((route) => ({ ...route, body: { less: true } }));
    const ofNothing = goodRoutes().map((route) => ({
      ...route,
      path: route.path.replace(UUID, 'a%2Fb').replace('spare', '%00'),
    }));
    expect(
      await faultsOf([...withMore, ...withLess, ...ofNothing, webhook({ ...EVENT, 'x-strapi-event': 'x y' })]),
    ).toEqual([]);
  });

  it('what becomes of what is absent', async () => {
    const absent = goodRoutes().map((route) => ({
      ...route,
      path: route.path.replace(UUID, ABSENT).replace('spare', 'gone').replace('projects/b', 'projects/no-b'),
    }));
    expect(await faultsOf(absent)).toEqual([]);
  });

  it('where a log is that is kept elsewhere', () => {
    const { headers } = operationOf(document, 'GET /api/v1/ci/jobs/{id}/logs').responses['302']!;
    expect(headers).toMatchObject({ Location: { schema: { type: 'string' } } });
  });

  it('what becomes of a body that is too large, or of a kind that nobody reads', async () => {
    const taking = those('POST').filter(({ path }) => {
      const name = nameOfOperation(document, 'POST', path)!;
      return operationOf(document, name).requestBody !== undefined;
    });
    expect(taking).toHaveLength(3);
    const large = taking.map((route) => ({ ...route, body: { more: 'x'.repeat(2_000_000) } }));
    const odd = taking.map((route) => ({ ...route, headers: { ...route.headers, 'content-type': 'text/xml' } }));
    expect(await faultsOf([...large, ...odd])).toEqual([]);
  });

  it('what becomes of trouble of the services', async () => {
    const byName = new Map(goodRoutes().map((route) => [nameOfOperation(document, route.method, route.path), route]));
    cms.failFrom(-1);
    for (const status of [400, 401, 404, 422, 429, 500, 503])
      for (const route of byName.values()) {
        breakwater.semaphore.failNext(status, 'message');
        expect([status, await faultsOf([route])]).toEqual([status, []]);
      }
  });
});
