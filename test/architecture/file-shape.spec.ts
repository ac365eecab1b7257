import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { findWrongNames } from './file-names.ts';
import { readSources, type SourceFile } from './source-files.ts';

const MAX_LINES = 150;

const isTooLong = ({ text }: SourceFile): boolean => text.trimEnd().split('\n').length > MAX_LINES;

const hasDefaultExport = ({ path, text }: SourceFile): boolean => {
  const root = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return root.statements.some(
    (statement) =>
      (ts.isExportAssignment(statement) && statement.isExportEquals !== true) ||
      (ts.canHaveModifiers(statement) &&
        ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) ||
      (ts.isExportDeclaration(statement) && / as default\b/.test(statement.getText())),
  );
};

const paths = (files: readonly SourceFile[]): string[] => files.map(({ path }) => path);
const fileOf = (text: string): SourceFile => ({ path: 'a.ts', text });

describe('files', () => {
  it('of src are short enough to read', () => {
    expect(paths(readSources('src').filter(isTooLong))).toEqual([]);
  });

  it.each(['src', 'test'])('of %s bear names that say what they are', (folder) => {
    expect(readSources(folder).flatMap(({ path }) => findWrongNames(path))).toEqual([]);
  });

  it.each(['src', 'test', 'bench'])('of %s export everything by its name', (folder) => {
    const sources = readSources(folder).filter(({ path }) => !path.endsWith('.d.ts'));
    expect(paths(sources.filter(hasDefaultExport))).toEqual([]);
  });
});

describe('the checks of files', () => {
  it('see a file of 151 lines, and let 150 pass', () => {
    expect(isTooLong(fileOf('a\n'.repeat(151)))).toBe(true);
    expect(isTooLong(fileOf('a\n'.repeat(150)))).toBe(false);
  });

  it.each([
    ['outbound/http-utils.ts', 'says nothing'],
    ['common/clock.ts', 'says nothing'],
    ['outbound/cache-manager.ts', 'says nothing'],
    ['outbound/base.client.ts', 'says nothing'],
    ['outbound/apiClient.ts', 'is not kebab-case'],
    ['Outbound/api-client.ts', 'is not kebab-case'],
    ['outbound/api.service.ts', 'is no role'],
    ['outbound/api-.ts', 'is not kebab-case'],
  ])('see that %s %s', (path, wrong) => {
    expect(findWrongNames(path).join()).toContain(wrong);
  });

  it.each(['outbound/baseline.ts', 'platform/clock.ts', 'inbound/request-context.hook.ts', 'a/b.stand-in.spec.ts'])(
    'let %s pass',
    (path) => {
      expect(findWrongNames(path)).toEqual([]);
    },
  );

  it.each([
    ['export default 1;', true],
    ['export default class A {}', true],
    ['export default function a() {}', true],
    ['const a = 1; export { a as default };', true],
    ['export const a = 1; // export default', false],
  ])('see in %j a default export: %s', (text, expected) => {
    expect(hasDefaultExport(fileOf(text))).toBe(expected);
  });
});
