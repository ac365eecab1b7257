import { describe, expect, it } from '@jest/globals';
import { findCycles } from './import-cycles.ts';
import { importsOf } from './imports-of.ts';
import { readSources } from './source-files.ts';

const cyclesOf = (files: Record<string, string>): string[] =>
  findCycles(Object.entries(files).flatMap(([path, text]) => importsOf({ path, text })));

describe('import cycles', () => {
  it.each(['src', 'test', 'bench'])('do not exist in %s', (folder) => {
    expect(findCycles(readSources(folder).flatMap(importsOf))).toEqual([]);
  });

  it('are found over any number of files', () => {
    const found = cyclesOf({
      'a.ts': `import './x/b.ts';`,
      'x/b.ts': `export * from './c.ts';`,
      'x/c.ts': `import { a } from '../a.ts';`,
      'd.ts': `import './a.ts';`,
    });
    expect(found).toEqual(['a.ts → x/b.ts → x/c.ts → a.ts']);
  });

  it('do not arise from types alone', () => {
    expect(cyclesOf({ 'a.ts': `import type { B } from './b.ts';`, 'b.ts': `import { a } from './a.ts';` })).toEqual([]);
  });
});
