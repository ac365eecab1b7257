import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './source-files.ts';

export interface Import {
  /** The importing file. */
  readonly from: string;
  /** As written. */
  readonly specifier: string;
  /** The imported file, relative to the same folder as `from`; undefined for a package. */
  readonly target: string | undefined;
  readonly isTypeOnly: boolean;
  readonly isReExport: boolean;
}

/** Everything a file imports, however it does: statements, re-exports, `import()` in code and in types. */
export const importsOf = (file: SourceFile): Import[] => {
  const root = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) found.push(toImport(file, node, specifier));
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
};

const specifierOf = (node: ts.Node): string | undefined => {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined;
  const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isDynamic ? textOf(node.arguments[0]) : undefined;
};

const textOf = (node: ts.Node | undefined): string | undefined =>
  node && ts.isStringLiteralLike(node) ? node.text : undefined;

const toImport = ({ path }: SourceFile, node: ts.Node, specifier: string): Import => ({
  from: path,
  specifier,
  target: specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined,
  isTypeOnly: isTypeOnly(node),
  isReExport: ts.isExportDeclaration(node),
});

const isTypeOnly = (node: ts.Node): boolean => {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (!ts.isImportDeclaration(node)) return false;
  return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
};
