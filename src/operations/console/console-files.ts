import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { readPageFile, readPageFiles, type PageFile } from '../../inbound/pages/page-files.ts';

/** Where the login page says what was wrong with the last try. */
const MARK = '<!-- problem -->';

/** Names under which files of uPlot are served, and where they are. */
const CHARTS = { 'uplot.js': 'uplot/dist/uPlot.esm.js', 'uplot.css': 'uplot/dist/uPlot.min.css' };

/** What the console and its login page are made of. Small, and read once: at the first visit. */
@Injectable()
export class ConsoleFiles {
  #files: ReadonlyMap<string, PageFile> | undefined;

  /** Undefined when there is none of that name. Pages are no files: they have addresses of their own. */
  find(name: string): PageFile | undefined {
    return name.endsWith('.html') ? undefined : this.files.get(name);
  }

  get page(): string {
    return this.files.get('console.html')?.text ?? '';
  }

  /** @param problem a sentence of ours, as plain text without markup */
  toLoginPage(problem?: string): string {
    const text = this.files.get('login.html')?.text ?? '';
    return text.replace(MARK, problem === undefined ? '' : `<p id="problem" role="alert">${problem}</p>`);
  }

  private get files(): ReadonlyMap<string, PageFile> {
    return (this.#files ??= readFiles());
  }
}

const readFiles = (): ReadonlyMap<string, PageFile> => {
  const files = readPageFiles([join(import.meta.dirname, 'page')]);
  for (const [name, path] of Object.entries(CHARTS)) {
    const file = readPageFile(fileURLToPath(import.meta.resolve(path)));
    if (file !== undefined) files.set(name, file);
  }
  return files;
};
