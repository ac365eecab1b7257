import type { StandardSchemaV1 } from '@standard-schema/spec';
import { tellTypes, toTypes } from './json-type.ts';
import { ROOT, type Difference, type Shape } from './shape.ts';
import { toSafeKey } from './to-safe-key.ts';

/** A broken answer names each field once, and no more than so many. */
const MAX_ISSUES = 20;

type Issues = readonly StandardSchemaV1.Issue[];

/** What a schema finds wrong, as differences: told by types and paths, never by values. */
export const toDifferences = (issues: Issues, data: unknown, shape: Shape): Difference[] => {
  const byPath = new Map<string, Difference>();
  for (const issue of issues.slice(0, MAX_ISSUES)) {
    const difference = toDifference(toKeys(issue), data, shape);
    if (!byPath.has(difference.path)) byPath.set(difference.path, difference);
  }
  return [...byPath.values()];
};

const toDifference = (keys: readonly PropertyKey[], data: unknown, shape: Shape): Difference => {
  const path = toPath(keys, data, shape);
  const known = shape.find(keys)?.types ?? 0;
  const value = valueAt(data, keys);
  const from = known === 0 ? {} : { from: tellTypes(known) };
  if (value === undefined) return { path, kind: 'missing', ...from };
  return { path, kind: 'retyped', ...from, to: tellTypes(toTypes(value)) };
};

const toKeys = ({ path = [] }: StandardSchemaV1.Issue): PropertyKey[] =>
  path.map((key) => (typeof key === 'object' ? key.key : key));

/** Schemas name an element by its number; so do keys of objects that look like one. */
const toPath = (keys: readonly PropertyKey[], data: unknown, shape: Shape): string => {
  let path = '';
  keys.forEach((key, index) => {
    const before = keys.slice(0, index);
    if (Array.isArray(valueAt(data, before))) path += '[]';
    else path += (path === '' ? '' : '.') + (shape.find(before)?.nameOf(String(key)) ?? toSafeKey(String(key)));
  });
  return path || ROOT;
};

const valueAt = (data: unknown, keys: readonly PropertyKey[]): unknown => {
  let value = data;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
};
