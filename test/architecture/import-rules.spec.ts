import { describe, expect, it } from '@jest/globals';
import { findForbidden } from './import-rules.ts';
import { importsOf } from './imports-of.ts';
import { isSpec, readSources } from './source-files.ts';

/** What the checker says about a single file of an imagined tree. */
const check = (path: string, text: string): string[] => findForbidden(importsOf({ path, text }));

describe('imports within src', () => {
  it('are those of the design', () => {
    const sources = readSources('src').filter((file) => !isSpec(file));
    expect(sources.length).toBeGreaterThan(50);
    const imports = sources.flatMap(importsOf);
    expect(imports.length).toBeGreaterThan(150);
    expect(findForbidden(imports)).toEqual([]);
  });
});

describe('the import checker', () => {
  it.each([
    ['platform/a.ts', `import { b } from '../outbound/index.ts';`, 'platform may not import outbound'],
    ['outbound/a.ts', `import type { B } from '../inbound/b.ts';`, 'outbound may not import inbound'],
    ['inbound/a.ts', `import '../app.module.ts';`, 'inbound may not import src itself'],
    ['operations/a.ts', `const b = await import('../features/x/b.ts');`, 'operations may not import features'],
    ['realtime/a.ts', `let b: import('../outbound/index.ts').B;`, 'realtime may not import outbound'],
    ['gateway/a.ts', `export * from '../jobs/b.ts';`, 'gateway may not import jobs'],
    ['attic/a.ts', `import { b } from '../platform/b.ts';`, 'attic is not in the table'],
    ['platform/a.ts', `import { b } from '../../test/b.ts';`, 'leaves src'],
    ['features/x/a.ts', `import { b } from '../y/b.ts';`, 'siblings in features may not import each other'],
    ['providers/x/a.ts', `import type { B } from '../y/b.ts';`, 'siblings in providers may not import each other'],
    ['features/x/a.ts', `import { b } from '../../outbound/http/b.ts';`, 'outbound is entered through its index.ts'],
    ['main.ts', `import { b } from './outbound/provider.ts';`, 'outbound is entered through its index.ts only'],
    ['features/x/index.ts', `export { b } from './b.ts';`, 'only outbound/index.ts may re-export'],
    ['providers/x/a.ts', `import type { AxiosError } from 'axios';`, 'only outbound/http knows axios'],
    ['outbound/resilience/a.ts', `import axios from 'axios';`, 'only outbound/http knows axios'],
    ['features/x/a.ts', `import { HttpService } from '@nestjs/axios';`, 'HttpService is for providers only'],
  ])('refuses that %s says %s', (path, text, expected) => {
    expect(check(path, text).join('\n')).toContain(expected);
  });

  it.each([
    ['main.ts', `import { b } from './features/x/b.ts';`],
    ['features/x/a.ts', `import { b } from '../../providers/y/b.ts'; import { c } from './deeper/c.ts';`],
    ['features/x/a.ts', `import { b } from '../../outbound/index.ts';`],
    ['providers/x/a.ts', `import { HttpService } from '@nestjs/axios';`],
    ['outbound/http/a.ts', `import axios from 'axios'; import { b } from '../errors/b.ts';`],
    ['outbound/index.ts', `export { b } from './http/b.ts';`],
    ['platform/a.ts', `// import { b } from '../outbound/index.ts';`],
  ])('lets %s say %s', (path, text) => {
    expect(check(path, text)).toEqual([]);
  });
});
