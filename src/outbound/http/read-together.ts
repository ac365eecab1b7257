import type { StandardSchemaV1 } from '@standard-schema/spec';
import { deepFreeze } from '../cache/deep-freeze.ts';
import type { Reply } from './call.ts';

interface Read {
  readonly schema: StandardSchemaV1;
  readonly value: Promise<unknown>;
}

/** By their bytes: all who share an answer have the very same ones, and nobody else has. */
const answers = new WeakMap<Buffer, Read>();

/** Reads an answer once for all who wait for it with the same schema: it may be large, and they many. Frozen. */
export const readTogether = ({ body }: Reply, schema: StandardSchemaV1, read: () => unknown): unknown => {
  // Bytes that are none may be anybody's.
  if (body.length === 0) return read();
  const known = answers.get(body);
  if (known?.schema === schema) return known.value;
  // What it fails with is for all of them, too.
  const value = new Promise((resolve) => resolve(read())).then(deepFreeze);
  answers.set(body, { schema, value });
  return value;
};
