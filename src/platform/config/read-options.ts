import { readFileSync } from 'node:fs';
import { validateSync } from 'class-validator';
import type { ConfigProblem } from './config-error.ts';
import { variablesOf, type Variable } from './variables.ts';

/** Where an options object comes from: its class, the code's own values, and the prefix of its variables. */
export interface OptionsSource<T extends object> {
  readonly type: new () => T;
  /** Placed before every variable, such as `POKEAPI_`. */
  readonly prefix: string;
  readonly defaults?: Partial<T>;
  /** Combinations that cannot work although each value alone may. */
  readonly check?: (options: T, variableOf: (field: keyof T & string) => string) => ConfigProblem[];
}

export interface ReadOptions<T> {
  readonly options: T;
  readonly problems: readonly ConfigProblem[];
}

const screamingSnake = (field: string): string => field.replace(/[A-Z]/g, '_$&').toUpperCase();

const nameOf = (variable: Variable, prefix: string): string =>
  prefix + (variable.name ?? screamingSnake(variable.field));

/** Environment over code over the class's own defaults; an empty variable counts as unset. */
export const readOptions = <T extends object>(source: OptionsSource<T>, env: NodeJS.ProcessEnv): ReadOptions<T> => {
  const options = Object.assign(new source.type(), source.defaults);
  const unreadable: ConfigProblem[] = [];
  for (const variable of variablesOf(source.type)) {
    const name = nameOf(variable, source.prefix);
    const text = variable.secret ? readSecret(name, env, unreadable) : env[name]?.trim();
    if (text) Reflect.set(options, variable.field, variable.parse(text));
  }
  const invalid = validationProblems(options, source);
  const combined = invalid.length > 0 ? [] : checkCombinations(options, source);
  return { options: Object.freeze(options), problems: [...unreadable, ...invalid, ...combined] };
};

const readSecret = (name: string, env: NodeJS.ProcessEnv, problems: ConfigProblem[]): string | undefined => {
  const path = env[`${name}_FILE`]?.trim();
  if (!path) return env[name]?.trim();
  const text = readFile(path);
  if (text) return text;
  const remedy = text === '' ? 'the file is empty' : 'name a file that this process may read';
  // What holds no slash may be the secret itself, put into the wrong variable.
  problems.push({ variable: `${name}_FILE`, value: path.includes('/') ? path : '[redacted]', remedy });
  return undefined;
};

const readFile = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
};

const validationProblems = <T extends object>(options: T, { type, prefix }: OptionsSource<T>): ConfigProblem[] => {
  const byField = new Map(variablesOf(type).map((variable) => [variable.field, variable]));
  return validateSync(options, { skipUndefinedProperties: true }).map((error) => {
    const variable = byField.get(error.property);
    return {
      variable: variable ? nameOf(variable, prefix) : error.property,
      value: variable?.secret ? '[redacted]' : display(error.value),
      remedy: Object.values(error.constraints ?? {}).join('; '),
    };
  });
};

const checkCombinations = <T extends object>(
  options: T,
  { check, type, prefix }: OptionsSource<T>,
): ConfigProblem[] => {
  const names = new Map(variablesOf(type).map((variable) => [variable.field, nameOf(variable, prefix)]));
  return check?.(options, (field) => names.get(field) ?? field) ?? [];
};

/** A URL may carry a password or a token by mistake: then nothing of it is shown. */
const display = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return /[@?]/.test(text) ? '[redacted]' : text;
};
