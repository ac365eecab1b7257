import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CiModule } from '../../../src/features/ci/ci.module.ts';
import { ask, jsonOf } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Record<string, { readonly content?: Record<string, object> }>;
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, { readonly properties?: Record<string, object> }> };
}

let breakwater: TestApp;
let document: Document;
beforeAll(async () => {
  breakwater = await createApp({ imports: [CiModule] });
  document = jsonOf<Document>(await ask(`${breakwater.url}/docs/openapi.json`));
});
afterAll(() => breakwater.close());

const operations = (method: string): [path: string, operation: Operation][] =>
  Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/api/v1/ci/'))
    .flatMap(([path, item]) => (item[method] === undefined ? [] : [[path, item[method]]]));

describe('the documentation of ci', () => {
  it('says what each route does, answers and refuses', () => {
    expect([operations('get').length, operations('post').length]).toEqual([10, 7]);
    for (const [method, status] of [
      ['get', '200'],
      ['post', '202'],
    ] as const)
      for (const [path, { summary, responses }] of operations(method)) {
        expect([path, summary]).toEqual([path, expect.stringMatching(/\w/)]);
        expect(Object.keys(responses)).toEqual(expect.arrayContaining([status, '400', '401', '403', '502', '503']));
        expect(responses[status]?.content).toHaveProperty(['application/json']);
      }
  });

  it('says that every write takes an Idempotency-Key, and what comes of it where something is started', () => {
    const taking = operations('post').map(
      ([, { parameters }]) => parameters?.filter(({ name }) => name === 'Idempotency-Key').length,
    );
    expect(taking).toEqual(Array(7).fill(1));
    const starting = operations('post').filter(([path]) => /(promotions|rebuild|rerun|workflows)$/.test(path));
    for (const [path, { description }] of starting)
      expect([path, description]).toEqual([path, expect.stringContaining('`Idempotency-Key`')]);
  });

  it('knows both forms of a log, and that it may be elsewhere', () => {
    const { responses } = document.paths['/api/v1/ci/jobs/{id}/logs']!['get']!;
    expect(Object.keys(responses['200']!.content!)).toEqual(['application/json', 'text/plain']);
    expect(responses).toHaveProperty('302');
  });

  it('has every list as items and next, and refers to nothing that is not in it', () => {
    for (const name of ['ProjectPage', 'WorkflowPage', 'PipelinePage', 'PromotionPage', 'JobPage', 'JobLog'])
      expect(Object.keys(document.components.schemas[name]?.properties ?? {}).sort()).toEqual(['items', 'next']);
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g);
    for (const [, name] of references) expect(document.components.schemas).toHaveProperty([name!]);
  });
});
