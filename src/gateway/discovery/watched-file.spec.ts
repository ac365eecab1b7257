import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startDiscovery, type Discovering } from '../../../test/support/discovering.ts';
import { eventually } from '../../../test/support/eventually.ts';

const BAD = ['warn', 'A file that lists the servers of an upstream is of no use; those known before stay'];
const WELL = ['info', 'A file that lists the servers of an upstream is in order again'];

let folder: string;
let path: string;
let open: Discovering | undefined;

const discover = async (): Promise<Discovering> => (open = await startDiscovery({ by: 'file', path }));

/** Waits for the watcher, or else for the next look at the file. */
const whenSeen = ({ clock }: Discovering, check: () => void): Promise<void> =>
  eventually(async () => {
    await clock.advance(100);
    check();
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servers-'));
  path = join(folder, 'servers.yaml');
  await writeFile(path, '- http://a.test');
});
afterEach(async () => {
  open?.close();
  open = undefined;
  await rm(folder, { recursive: true });
});

describe('a file that lists servers', () => {
  it('is read when it is opened', async () => {
    const { told } = await discover();
    expect(told).toEqual([[{ id: 'http://a.test', origin: 'http://a.test', weight: 1, priority: 0 }]]);
  });

  it('is read anew when it is written to, and when another takes its place', async () => {
    const files = await discover();
    await writeFile(path, '- http://b.test');
    await whenSeen(files, () => expect(files.ids()).toEqual(['http://b.test']));
    await writeFile(join(folder, 'next'), 'endpoints: [http://c.test]');
    await rename(join(folder, 'next'), path);
    await whenSeen(files, () => expect(files.ids()).toEqual(['http://c.test']));
  });

  it('leaves the servers as they were when it is bad, or gone, and says why in a line', async () => {
    const files = await discover();
    await writeFile(path, '- ftp://b.test\n- { url: http://c.test, weight: -1 }');
    await whenSeen(files, () => expect(files.logged()).toEqual([BAD]));
    expect(files.lines[0]).toMatch(/endpoints\[0\]\.url: give .*; endpoints\[1\]\.weight: give/);
    await rm(path);
    await whenSeen(files, () => expect(files.logged()).toEqual([BAD, BAD]));
    expect(files.lines[1]).toContain('ENOENT');
    expect(files.told).toHaveLength(1);
    await writeFile(path, '- http://b.test');
    await whenSeen(files, () => expect(files.ids()).toEqual(['http://b.test']));
    expect(files.logged()).toEqual([BAD, BAD, WELL]);
  });

  it('shows five mistakes, and counts the others', async () => {
    await writeFile(path, '- x\n'.repeat(7));
    expect((await discover()).lines[0]).toMatch(/endpoints\[4\]\.url: [^;]*; and 2 more"/);
  });

  it('is refused when it is larger than 1 MiB', async () => {
    await writeFile(path, `- http://a.test\n#${'x'.repeat(1_048_576)}`);
    const { told, lines } = await discover();
    expect([told, lines]).toEqual([[], [expect.stringContaining('it is larger than 1048576 bytes')]]);
  });

  it('may come later', async () => {
    await rm(path);
    const files = await discover();
    expect([files.told, files.logged()]).toEqual([[], [BAD]]);
    await writeFile(path, '- http://a.test');
    await whenSeen(files, () => expect(files.ids()).toEqual(['http://a.test']));
  });

  it('is left alone when it is closed', async () => {
    const { clock, told, lines, close } = await discover();
    close();
    expect(clock.pending).toBe(0);
    await writeFile(path, '- http://b.test');
    await clock.advance(60_000);
    expect([told.length, lines]).toEqual([1, []]);
  });
});
