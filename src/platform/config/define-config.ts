import { registerAs, type ConfigFactory, type ConfigFactoryKeyHost } from '@nestjs/config';
import { ConfigError } from './config-error.ts';
import { readOptions, type OptionsSource, type ReadOptions } from './read-options.ts';

/** A typed section of the configuration: inject it by its `KEY`, or call it to read the environment now. */
export type ConfigSection<T extends object> = (() => T) & ConfigFactory<T> & ConfigFactoryKeyHost<T>;

const sections = new Map<string, () => ReadOptions<object>>();

/**
 * Declares a section, beside the code that reads it.
 * @throws ConfigError when read, naming every problem of every section that this process has loaded
 */
export const defineConfig = <T extends object>(name: string, source: OptionsSource<T>): ConfigSection<T> => {
  const read = (): ReadOptions<T> => readOptions(source, process.env);
  sections.set(name, read);
  return registerAs(name, () => {
    const { options, problems } = read();
    if (problems.length > 0) throw new ConfigError(allProblems());
    return options;
  });
};

const allProblems = () => [...sections.values()].flatMap((read) => read().problems);
