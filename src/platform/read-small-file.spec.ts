import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSmallFile } from './read-small-file.ts';

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'small-file-'))));
afterAll(() => rm(folder, { recursive: true }));

describe('reading a small file', () => {
  it('fails when there is none', () => expect(readSmallFile(at('none'), 9)).rejects.toThrow('ENOENT'));

  it('fails when it is a folder', () => expect(readSmallFile(folder, 9)).rejects.toThrow('it is no regular file'));

  it('does not wait for a pipe', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    await expect(readSmallFile(at('pipe'), 9)).rejects.toThrow('it is no regular file');
  });

  it.each([
    [9, '123456789'],
    [0, ''],
  ])('gives the text of %d bytes', async (_bytes, text) => {
    await writeFile(at('text'), text);
    expect(await readSmallFile(at('text'), 9)).toBe(text);
  });

  it('fails when it is larger', async () => {
    await writeFile(at('large'), '1234567890');
    await expect(readSmallFile(at('large'), 9)).rejects.toThrow('it is larger than 9 bytes');
  });
});
