import { STATUS_CODES } from 'node:http';
import type { Answer } from './answer.ts';

/** Strapi's form of every error. */
export const strapiError = (status: number, name: string, message: string, details: object = {}): Answer => ({
  status,
  body: { data: null, error: { status, name, message, details } },
});

export const unauthorized = (): Answer => strapiError(401, 'UnauthorizedError', 'Missing or invalid credentials');
export const forbidden = (): Answer => strapiError(403, 'ForbiddenError', 'Forbidden');
export const notFound = (): Answer => strapiError(404, 'NotFoundError', 'Not Found');

/** What it says of a failure that nobody foresaw: the name is the phrase of the status in one word. */
export const strapiFailure = (status: number): Answer => {
  const phrase = STATUS_CODES[status] ?? 'Error';
  return strapiError(status, `${phrase.replaceAll(/\W/g, '').replace(/Error$/, '')}Error`, phrase);
};

/** Stops the reading of a query; Strapi answers it with status 400. */
export class InvalidQuery extends Error {
  override readonly name: string;
  readonly details: object;

  constructor(message: string, details: object = {}, name = 'ValidationError') {
    super(message);
    this.name = name;
    this.details = details;
  }
}

export const invalidKey = (key: string, path: string | null = key): InvalidQuery =>
  new InvalidQuery(path === null || path === key ? `Invalid key ${key}` : `Invalid key ${key} at ${path}`, {
    key,
    path,
  });
