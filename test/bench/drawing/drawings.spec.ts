import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawFinding } from '../../../bench/drawing/draw-finding.ts';
import { drawTargets, toShare } from '../../../bench/drawing/draw-targets.ts';
import { toFailedFinding, type Results } from '../../../bench/findings/results.ts';
import { replaceResults, requireWritable, writeDrawings } from '../../../bench/results-folder.ts';
import { fakeResults, throughput, weights } from '../fake-results.ts';

const { conditions, findings } = fakeResults;

/** Every element that is opened is closed, in the right order. */
const isWellFormed = (svg: string): boolean => {
  const open: string[] = [];
  for (const [, closing, name = '', empty] of svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)) {
    if (closing === '/') {
      if (open.pop() !== name) return false;
    } else if (empty !== '/') open.push(name);
  }
  return open.length === 0;
};

const widthOf = (svg: string, colour: string): number =>
  Number(new RegExp(`<rect [^>]*width="([\\d.]+)"[^>]*class="${colour}"`).exec(svg)?.[1]);

describe('a drawing of a workload', () => {
  const svg = drawFinding(throughput, conditions);

  it('is well formed, and says names that are markup as text', () => {
    expect(isWellFormed(svg)).toBe(true);
    expect(svg).toContain('&lt;b&gt;&quot;bars&quot; &amp; &apos;more&apos;&lt;/b&gt;');
    expect(svg).not.toContain('<b>');
    expect(svg).toContain('Processor &lt;1&gt;');
  });

  it('shows every subject, its figure, and the reason of a refusal', () => {
    for (const text of ['>app<', '>12,345 req/s<', '>✓ app is × 4.94<', '>ratio refused<', 'odd: it was busy'])
      expect(svg).toContain(text);
  });

  it('says under which conditions it was measured', () => {
    for (const text of ['2026-11-22 08:09 UTC', 'v24.0.0', 'wrk', '5 rounds of 2 s', '64 connections', 'nginx'])
      expect(svg).toContain(text);
  });

  it('cuts a name that has no room, and keeps it to be read under the pointer', () => {
    expect(svg).toMatch(/<title>a-subject-whose-name-has-no-end-and-does-not-fit<\/title>a-subject-whose-name[a-z-]*…/);
  });

  it('has bars on one scale, from zero', () => {
    expect(widthOf(svg, 'ours') / widthOf(svg, 'theirs')).toBeCloseTo(12_345 / 2_500, 1);
  });

  it('has colours for light and for dark paper', () => {
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
  });
});

describe('the drawing of targets', () => {
  it('refuses to show a figure that proves nothing', () => {
    const svg = drawTargets(findings, conditions);
    expect(isWellFormed(svg)).toBe(true);
    expect(svg).toContain('>× 4.94<');
    expect(svg).not.toContain('0.81');
    expect(svg).toContain('it was busy');
  });

  it('says what could not be measured, and why', () => {
    const svg = drawTargets([weights, toFailedFinding('herd', 'it ended')], conditions);
    expect(svg).toContain('herd was not measured: it ended');
  });

  it('says what is reached and what is missed', () => {
    const svg = drawTargets([weights], conditions);
    for (const text of ['>30 KB<', '>≤ 15 KB<', '>✗ missed<']) expect(svg).toContain(text);
  });

  it.each([
    ['at least', 4, 2, 0.5],
    ['at least', 4, 4, 1],
    ['at most', 15, 30, 0.5],
    ['at most', 15, 0, 1.5],
    ['at least', 1, 100, 1.5],
  ] as const)('gives its bar the share that is reached: %s %d, being %d', (bound, wanted, value, share) => {
    expect(toShare({ what: '', unit: '', doubts: [], bound, wanted, value })).toBe(share);
  });
});

describe('the folder of a run', () => {
  let folder: string;
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'drawings-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes the place of the last one', async () => {
    writeFileSync(join(folder, 'old.svg'), '');
    await replaceResults(folder, { ...fakeResults, findings: [weights] });
    expect(readdirSync(folder).toSorted()).toEqual(['memory.svg', 'results.json', 'targets.svg']);
  });

  it('is no file to write figures to', async () => {
    await expect(requireWritable(folder)).rejects.toThrow('a folder: name a file');
    await expect(requireWritable(join(folder, 'new', 'run.json'))).resolves.toBeUndefined();
  });

  it('is where all drawings go, whatever workloads are called', async () => {
    await replaceResults(folder, { ...fakeResults, findings: [{ ...weights, workload: '../../a b' }] });
    expect(readdirSync(folder)).toContain('-a-b.svg');
  });

  it('is drawn again from its JSON without a difference', async () => {
    const unmeasured = {
      ...weights,
      workload: 'nothing',
      charts: [{ ...weights.charts[0]!, bars: [{ name: 'app', value: NaN }] }],
    };
    await replaceResults(folder, { ...fakeResults, findings: [weights, unmeasured] });
    const before = ['memory.svg', 'nothing.svg', 'targets.svg'].map(read);
    const results = JSON.parse(read('results.json')) as Results;
    const names = await writeDrawings(folder, results);
    expect(names.map(read)).toEqual(before);
  });
});
