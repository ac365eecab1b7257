import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, jsonOf } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { GuardedModule } from './guarded.module.ts';

interface Operation {
  readonly security?: object[];
  readonly responses: Record<string, object>;
  readonly 'x-access'?: string;
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly securitySchemes: Record<string, object> };
}

let breakwater: TestApp;
let document: Document;
beforeAll(async () => {
  breakwater = await createApp({ imports: [GuardedModule] });
  document = jsonOf<Document>(await ask(`${breakwater.url}/docs/openapi.json`));
});
afterAll(() => breakwater.close());

const told = (path: string): unknown[] => {
  const { security, responses, 'x-access': access } = Object.values(document.paths[path]!)[0]!;
  return [access, security, ...['401', '403'].filter((status) => status in responses)];
};

describe('the OpenAPI document', () => {
  it.each(['/api/v1/guarded', '/api/v1/guarded/fields', '/api/v1/written/plain'])(
    'says that %s needs a token, and how one is refused',
    (path) => {
      expect(told(path)).toEqual(['token', [{ user: [] }], '401', '403']);
      expect(document.components.securitySchemes['user']).toMatchObject({ type: 'http', scheme: 'bearer' });
    },
  );

  it.each(['/api/v1/guarded/open', '/api/v1/written/open', '/api/v1/getCharizard', '/health/live'])(
    'says that %s needs none',
    (path) => {
      expect(told(path)).toEqual(['public', undefined]);
    },
  );

  it.each(['/api/v1/guarded/on-call', '/health/providers', '/ops/cache'])('says that %s is for operators', (path) => {
    expect(told(path)).toEqual(['operators', [{ operators: [] }], '401', '403']);
  });
});
