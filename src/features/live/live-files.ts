import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join } from 'node:path';

export interface LiveFile {
  readonly type: string;
  readonly text: string;
}

const FOLDERS = ['page', 'service-worker'];

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * What the page is made of, by name. A build has compiled it; where the sources run as they are, types are taken out here.
 */
export const readLiveFiles = (): ReadonlyMap<string, LiveFile> => {
  const files = new Map<string, LiveFile>();
  for (const path of FOLDERS.flatMap(list)) {
    const [extension, text] = [extname(path), readFileSync(path, 'utf8')];
    const type = TYPES[extension];
    if (type !== undefined) files.set(toName(path), { type, text: extension === '.ts' ? toScript(text) : text });
  }
  return files;
};

const list = (folder: string): string[] => {
  const place = join(import.meta.dirname, folder);
  return readdirSync(place).map((name) => join(place, name));
};

const toName = (path: string): string => path.replace(/^.*[\\/]/, '').replace(/\.ts$/, '.js');

const toScript = (source: string): string =>
  stripTypeScriptTypes(source).replaceAll(/^((?:import|export|\}).* from '\.\/[\w-]+)\.ts';$/gm, "$1.js';");
