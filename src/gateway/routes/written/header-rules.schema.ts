import { z } from 'zod';
import { either } from './either.ts';
import { list, text, value } from './fields.ts';
import { checkNames, repeatedNames, ruledNameMistake, VALUE } from './header-names.ts';
import { mapOf } from './map-of.ts';
import { readVariable } from './read-variable.ts';
import { strict, type Found } from './strict.ts';

const VARIABLE = 'give the name of an environment variable, such as ORIGIN_KEY';

/** It may be a secret in the wrong place: no message shows it. */
const literal = z.custom<string>((written) => typeof written === 'string' && VALUE.test(written), {
  error: 'give printable text in quotes, or { env: NAME } for the value of an environment variable',
  abort: false,
});

const name = value<string>(
  (written) => typeof written === 'string' && ruledNameMistake(written) === undefined,
  (written) => (typeof written === 'string' && ruledNameMistake(written)) || 'give a header name in quotes',
);

const reference = (environment: NodeJS.ProcessEnv) =>
  strict({ env: text(/^[A-Za-z_]\w*$/, VARIABLE) }).transform(({ env }, context): string => {
    const { value: found, mistake } = readVariable(env, environment);
    if (mistake === undefined && VALUE.test(found)) return found;
    const message = mistake ?? `the value of ${env} holds what no header can: give printable text on one line`;
    context.issues.push({ code: 'custom', path: ['env'], message, input: env });
    return z.NEVER;
  });

/** Changes to headers; environment variables are read here and now. */
export const headerRules = (environment: NodeJS.ProcessEnv) => {
  const values = mapOf(
    either(literal, reference(environment)),
    'header names to values',
    checkNames(ruledNameMistake),
  ).default({});
  return strict({ set: values, add: values, remove: list(name, 100, 'header names').default([]) }, checkRules);
};

interface Rules {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

const checkRules = ({ sound: { set = {}, remove = [] }, report }: Found<Rules>): void => {
  for (const repeated of repeatedNames(remove)) {
    report(['remove', remove.lastIndexOf(repeated)], 'stands here twice: keep one');
  }
  const removed = new Set(remove.map((one) => one.toLowerCase()));
  for (const one of Object.keys(set).filter((other) => removed.has(other.toLowerCase()))) {
    report(['set', one], 'contradicts remove: keep one of them');
  }
};
