import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join } from 'node:path';

export interface PageFile {
  readonly type: string;
  readonly text: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * What a page is made of, by name: all files of some folders. A build has compiled them; where the sources run as they are,
 * types are taken out here.
 */
export const readPageFiles = (folders: readonly string[]): Map<string, PageFile> => {
  const files = new Map<string, PageFile>();
  for (const path of folders.flatMap(list)) {
    const file = readPageFile(path);
    if (file !== undefined) files.set(toName(path), file);
  }
  return files;
};

/** Undefined for a file that is no part of a page. */
export const readPageFile = (path: string): PageFile | undefined => {
  const extension = extname(path);
  const type = TYPES[extension];
  if (type === undefined || path.endsWith('.d.ts')) return undefined;
  const text = readFileSync(path, 'utf8');
  return { type, text: extension === '.ts' ? toScript(text) : text };
};

const list = (folder: string): string[] => readdirSync(folder).map((name) => join(folder, name));

const toName = (path: string): string => path.replace(/^.*[\\/]/, '').replace(/\.ts$/, '.js');

const toScript = (source: string): string =>
  stripTypeScriptTypes(source).replaceAll(/^((?:import|export|\}).* from '\.\/[\w-]+)\.ts';$/gm, "$1.js';");
