import { ValidateBy, type ValidationArguments } from 'class-validator';
import { Secret } from '../secret.ts';
import { plainUrl } from './plain-url.ts';

/** How one field of an options class is read from an environment variable. */
export interface Variable {
  readonly field: string;
  /** Name after the prefix, when it is not the field in SCREAMING_SNAKE_CASE. */
  readonly name?: string;
  readonly secret: boolean;
  /** Text to value; what it cannot read it returns unchanged for the rule to refuse. */
  readonly parse: (text: string) => unknown;
}

interface Rule {
  readonly name?: string;
  readonly secret?: boolean;
  readonly parse: (text: string) => unknown;
  readonly accepts: (value: unknown) => boolean;
  readonly remedy: string | ((value: unknown) => string);
}

const variables = new WeakMap<object, Variable[]>();

/** The variables that the decorators below declared on a class and those it extends; its own outweigh theirs. */
export const variablesOf = (type: abstract new () => object): readonly Variable[] => {
  const byField = new Map<string, Variable>();
  for (let prototype: unknown = type.prototype; prototype; prototype = Object.getPrototypeOf(prototype)) {
    const own = variables.get(prototype) ?? [];
    for (const variable of own) if (!byField.has(variable.field)) byField.set(variable.field, variable);
  }
  return [...byField.values()];
};

const declare = ({ accepts, remedy, secret = false, parse, name }: Rule): PropertyDecorator => {
  const remedyFor = (value: unknown): string => (typeof remedy === 'string' ? remedy : remedy(value));
  const validator = { validate: accepts, defaultMessage: (found?: ValidationArguments) => remedyFor(found?.value) };
  const rule = ValidateBy({ name: 'variable', validator });
  return (target, property) => {
    const variable = { field: String(property), secret, parse, ...(name === undefined ? {} : { name }) };
    variables.set(target, [...(variables.get(target) ?? []), variable]);
    rule(target, property);
  };
};

const isWithin = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && value >= min && value <= max;

const asNumber = (pattern: RegExp) => (text: string) => (pattern.test(text) ? Number(text) : text);

/** A whole number from `min` to `max`; read from `name` where a standard gives the variable one that tells no unit. */
export const WholeNumber = (min: number, max: number, name?: string): PropertyDecorator =>
  declare({
    ...(name !== undefined && { name }),
    parse: asNumber(/^\d{1,15}$/),
    accepts: (value) => Number.isInteger(value) && isWithin(value, min, max),
    remedy: `give a whole number from ${min} to ${max}`,
  });

/** A number from `min` to `max`, such as 0.5. */
export const Fraction = (min: number, max: number): PropertyDecorator =>
  declare({
    parse: asNumber(/^\d{1,9}(\.\d{1,9})?$/),
    accepts: (value) => isWithin(value, min, max),
    remedy: `give a number from ${min} to ${max}`,
  });

/** One of a few words. */
export const OneOf = (words: readonly string[]): PropertyDecorator =>
  declare({
    parse: (text) => text,
    accepts: (value) => words.includes(value as string),
    remedy: `give one of ${words.join(', ')}`,
  });

/** Text that matches `pattern`; `remedy` says in words what that is. */
export const Text = (pattern: RegExp, remedy: string): PropertyDecorator =>
  declare({ parse: (text) => text, accepts: (value) => typeof value === 'string' && pattern.test(value), remedy });

/** OAuth scopes, separated by single spaces: they hold no blank, quote or backslash (RFC 6749, appendix A.4). */
export const ScopeList = (): PropertyDecorator =>
  Text(/^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/, 'give scopes separated by single spaces');

/** A comma-separated list whose every item `accepts`; an empty list is fine. */
export const ListOf = (accepts: (item: string) => boolean, remedy: string): PropertyDecorator =>
  declare({
    parse: (text) => text.split(',').map((item) => item.trim()),
    accepts: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string' && accepts(item)),
    remedy,
  });

/** A value that is never shown; also read from the file that `<NAME>_FILE` names. */
export const SecretText = (
  minLength: number,
  pattern = /^/,
  remedy = `give at least ${minLength} characters`,
): PropertyDecorator =>
  declare({
    secret: true,
    parse: (text) => new Secret(text),
    accepts: (value) => value instanceof Secret && value.reveal().length >= minLength && pattern.test(value.reveal()),
    remedy,
  });

/** A URL that is never shown, for it may hold a password; also read from the file that `<NAME>_FILE` names. */
export const SecretUrl = (accepts: (url: URL) => boolean, remedy: string): PropertyDecorator =>
  declare({
    secret: true,
    parse: (text) => new Secret(text),
    accepts: (value) => {
      const url = value instanceof Secret ? URL.parse(value.reveal()) : null;
      return url !== null && accepts(url);
    },
    remedy,
  });

/** The word that switches a URL off although the code names a default. */
const OFF = 'off';

/** An absolute http(s) URL without credentials, query or fragment; `off` for none. Read from `<PREFIX>_URL` or `name`. */
export const BaseUrl = (name = 'URL'): PropertyDecorator =>
  declare({
    name,
    parse: (text) => (text === OFF ? undefined : text),
    accepts: (value) => isBaseUrl(value) && plainUrl(value) === undefined,
    remedy: (value) => (isBaseUrl(value) ? `write it as ${plainUrl(value)}, for that is what it means` : BASE_URL),
  });

const BASE_URL = `give an absolute http:// or https:// URL without credentials, query or fragment, or ${OFF}`;

const isBaseUrl = (value: unknown): value is string => {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.username + url.password + url.search + url.hash === '';
};
