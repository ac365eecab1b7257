import { plainUrl } from '../../../platform/config/plain-url.ts';
import { either } from './either.ts';
import { list, value, whole } from './fields.ts';
import { pathMistake } from './paths.ts';
import { strict } from './strict.ts';

const MAX_ENDPOINTS = 256;
const MAX_WEIGHT = 1_000;
const ABSOLUTE =
  'give an absolute http:// or https:// URL without credentials, query or fragment, such as http://10.0.0.1:8080';

/** What is wrong with the URL of a server; undefined when it is written plainly. */
const urlMistake = (written: unknown): string | undefined => {
  const url = typeof written === 'string' ? URL.parse(written) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return ABSOLUTE;
  if (url.username + url.password + url.search + url.hash !== '' || /[@?#]/.test(written as string)) return ABSOLUTE;
  const plain = plainUrl(written as string);
  if (plain !== undefined) return `write it as ${plain}, for that is what it means`;
  const path = pathOf(written as string);
  return path === '' ? undefined : pathMistake(path);
};

const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]*/i, '');

/** Without slashes at its end. */
export const basePathOf = (url: string): string => pathOf(url).replace(/\/+$/, '');

const serverUrl = value<string>(
  (written) => urlMistake(written) === undefined,
  (written) => urlMistake(written) ?? ABSOLUTE,
);

const endpoint = either(
  serverUrl.transform((url) => ({ url, weight: 1 })),
  strict({ url: serverUrl, weight: whole(1, MAX_WEIGHT).default(1) }),
);

/** At least one. */
export const endpointList = list(endpoint, MAX_ENDPOINTS, 'endpoints').min(
  1,
  'give at least one endpoint, such as http://10.0.0.1:8080',
);
