import { expect } from '@jest/globals';
import { problemOf } from '../../support/ask.ts';
import type { TestApp } from '../../support/create-app.ts';

/** What comes back, by `fetch` or over a bare socket. */
export interface Refusal {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers | Readonly<Record<string, string>>;
}

/** Shorter pieces turn up by chance. */
const LEAST_PIECE = 12;

const INVALID = /^Bearer error="invalid_token", error_description="[ !#-[\]-~]+"$/;

const toFields = (headers: Refusal['headers']): Readonly<Record<string, string | undefined>> =>
  headers instanceof Headers ? Object.fromEntries(headers) : headers;

const expectProblem = ({ status, text, headers }: Refusal): Readonly<Record<string, string | undefined>> => {
  const fields = toFields(headers);
  expect([status, fields['content-type']]).toEqual([401, 'application/problem+json']);
  expect(problemOf({ text })).toMatchObject({ type: '/problems/unauthorized', status: 401, code: 'unauthorized' });
  return fields;
};

/** A token came and is of no use (RFC 6750 §3.1). */
export const expectInvalidToken = (refusal: Refusal): void =>
  expect(expectProblem(refusal)['www-authenticate']).toMatch(INVALID);

/** Nothing came that could be a token: then no error is named. */
export const expectUnauthenticated = (refusal: Refusal): void =>
  expect(expectProblem(refusal)['www-authenticate']).toBe('Bearer');

const piecesOf = (token: string): string[] =>
  [token, ...token.split('.')].filter((piece) => piece.length >= LEAST_PIECE);

/** Neither the answer nor anything logged so far holds a token, nor a part of it. */
export const expectUntold = ({ text, headers }: Refusal, { logLines }: TestApp, token: string): void => {
  const told = [text, JSON.stringify(toFields(headers)), ...logLines].join('\n');
  const spellings = piecesOf(token).flatMap((piece) => [piece, encodeURIComponent(piece)]);
  expect(spellings.filter((spelling) => told.includes(spelling))).toEqual([]);
};
