import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseSamples } from '../../support/measuring.ts';
import { readPromQl } from '../../support/promql.ts';
import { startBusyApp, type BusyApp } from './busy-app.ts';

const readDoc = (name: string): string =>
  readFileSync(new URL(`../../../docs/operating/${name}`, import.meta.url), 'utf8');

const target = z.object({ expr: z.string(), legendFormat: z.string() });
const panel = z.object({
  id: z.int(),
  title: z.string().min(1),
  type: z.string(),
  targets: z.array(target).optional(),
});
const dashboard = z.object({
  title: z.string(),
  templating: z.object({ list: z.array(z.object({ name: z.string(), definition: z.string().optional() })) }),
  panels: z.array(panel),
});
const rule = z.strictObject({
  alert: z.string().regex(/^Breakwater[A-Z]\w+$/),
  expr: z.string(),
  for: z
    .string()
    .regex(/^\d+[mh]$/)
    .optional(),
  labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.strictObject({ summary: z.string().min(20), action: z.string().min(20) }),
});
const rules = z.strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule) })) });

const { panels, templating } = dashboard.parse(JSON.parse(readDoc('grafana-dashboard.json')));
const alerts = rules.parse(parse(readDoc('prometheus-rules.yaml'))).groups.flatMap((group) => group.rules);
const targets = panels.flatMap(({ title, targets = [] }) => targets.map((one) => ({ title, ...one })));

/** Those that Prometheus adds itself. */
const OF_SCRAPES = ['instance', 'job'];

describe('what is ready to import', () => {
  let app: BusyApp;
  /** The labels of each metric that there is. */
  let known: Map<string, Set<string>>;
  beforeAll(async () => {
    app = await startBusyApp();
    known = new Map();
    for (const { name, labels } of parseSamples(await app.scrape()))
      known.set(name, new Set([...(known.get(name) ?? OF_SCRAPES), ...Object.keys(labels)]));
  }, 90_000);
  afterAll(() => app.close());

  /** What in a query nobody tells of. */
  const unknownIn = (query: string): string[] => {
    const { metrics, groupedBy } = readPromQl(query);
    const all = new Set(metrics.flatMap(({ name }) => [...(known.get(name) ?? [])]));
    return [
      ...metrics.filter(({ name }) => !known.has(name)).map(({ name }) => name),
      ...metrics.flatMap(({ name, labels }) => labels.filter((label) => !known.get(name)?.has(label))),
      ...groupedBy.filter((label) => !all.has(label)),
    ];
  };

  it.each([
    ['sum(rate(breakwater_made_up_total[5m]))', ['breakwater_made_up_total']],
    ['breakwater_jobs{breakwater_made_up="x"} > 1', ['breakwater_made_up']],
    ['max by (made_up) (breakwater_jobs)', ['made_up']],
    ['max by (le) (breakwater_jobs)', ['le']],
    ['1 - up and on (instance) breakwater_jobs offset 15m', ['up']],
    ['max by (instance) (breakwater_jobs{breakwater_job_state=~"a|b"})', []],
  ])('would be found out if it were made up: %s', (query, unknown) => {
    expect(unknownIn(query)).toEqual(unknown);
  });

  it.each(targets)('$title: $expr', ({ expr, legendFormat }) => {
    expect(unknownIn(expr)).toEqual([]);
    const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
    const { metrics, groupedBy } = readPromQl(expr);
    expect(metrics).not.toEqual([]);
    expect(shown.filter((label) => label !== 'instance' && !groupedBy.includes(label!))).toEqual([]);
  });

  it.each(alerts)('$alert', ({ expr, annotations: { summary, action } }) => {
    expect(unknownIn(expr)).toEqual([]);
    const told = [...`${summary} ${action}`.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
    expect(told.filter((label) => !readPromQl(expr).groupedBy.includes(label!))).toEqual([]);
  });

  it('chooses its provider among those that there are', () => {
    const { definition = '' } = templating.list.find(({ name }) => name === 'provider') ?? {};
    const [, name = '', label = ''] = /^label_values\((\w+), (\w+)\)$/.exec(definition) ?? [];
    expect(known.get(name)?.has(label)).toBe(true);
  });

  it('has each panel and each alert once', () => {
    for (const names of [panels.map(({ id }) => String(id)), alerts.map(({ alert }) => alert)])
      expect(new Set(names).size).toBe(names.length);
  });
});
