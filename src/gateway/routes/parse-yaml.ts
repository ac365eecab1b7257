import { LineCounter, parseDocument, visit, type Document } from 'yaml';
import { findOddNodes } from './find-odd-nodes.ts';
import type { Mistake } from './route-mistakes.ts';
import { toYamlMistake } from './to-yaml-mistake.ts';

const MAX_BYTES = 1_048_576;
const TOO_LARGE = 'is larger than 1 MiB: write less, or several upstreams as dns, srv or file';
const MAX_ALIASES = 1_000;

export type Parsed = { readonly value: unknown } | { readonly mistakes: readonly Mistake[] };

/** YAML 1.2 by its core schema, of which JSON is a part; plain data only: no tags of their own, no merge keys. */
const OPTIONS = { version: '1.2', schema: 'core', resolveKnownTags: false, merge: false, stringKeys: true } as const;

/** Never throws; what it takes and what its answer takes is bounded, whatever the text says. */
export const parseYaml = (text: string): Parsed => {
  if (Buffer.byteLength(text) > MAX_BYTES) return refuse(TOO_LARGE);
  try {
    return toValue(text);
  } catch (error) {
    // The parser calls itself for each level, and reports aliases when they are followed.
    return refuse(
      error instanceof RangeError
        ? 'is nested too deeply: write it flatter'
        : 'holds an alias that leads to nothing, or to itself: write the value out',
    );
  }
};

const toValue = (text: string): Parsed => {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { ...OPTIONS, lineCounter, prettyErrors: false, logLevel: 'error' });
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0) return { mistakes: errors.map((error) => toYamlMistake(error, lineCounter)) };
  if (countAliases(document) > MAX_ALIASES)
    return refuse(`holds more than ${MAX_ALIASES} aliases: write the values out`);
  const value: unknown = document.toJS({ maxAliasCount: -1 });
  const odd = findOddNodes(value);
  return odd === undefined ? { value } : refuse(odd);
};

const countAliases = (document: Document): number => {
  let count = 0;
  visit(document, { Alias: () => void (count += 1) });
  return count;
};

const refuse = (what: string): Parsed => ({ mistakes: [{ where: '', what }] });
