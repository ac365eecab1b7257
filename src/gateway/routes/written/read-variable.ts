import { readFileSync } from 'node:fs';

export type ReadVariable =
  { readonly value: string; readonly mistake?: never } | { readonly mistake: string; readonly value?: never };

/** As every secret of the environment: from the file that `<NAME>_FILE` names, else from `NAME`. Its value is in no message. */
export const readVariable = (name: string, environment: NodeJS.ProcessEnv): ReadVariable => {
  const file = environment[`${name}_FILE`]?.trim();
  if (file) return readFile(name, file);
  const value = environment[name]?.trim();
  return value
    ? { value }
    : { mistake: `the environment has no ${name}: set it, or ${name}_FILE to a file that holds it` };
};

const readFile = (name: string, file: string): ReadVariable => {
  try {
    const value = readFileSync(file, 'utf8').trim();
    return value ? { value } : { mistake: `the file that ${name}_FILE names is empty: write the value into it` };
  } catch {
    return { mistake: `the file that ${name}_FILE names cannot be read: name one that this process may read` };
  }
};
