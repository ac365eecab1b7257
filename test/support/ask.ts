import type { Problem } from '../../src/inbound/problems/problem.ts';
import { noteOutput } from './evidence/evidence.ts';

/** An answer of the application, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** From sending the request to the last byte of the answer. */
  readonly durationMs: number;
}

/** Asks as any caller would: over a socket. Redirects are answers, not orders. */
export const ask = async (url: string, init: RequestInit = {}): Promise<Answer> => {
  const startedAt = performance.now();
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  if (response.status >= 400) noteOutput(text);
  return { status: response.status, headers: response.headers, text, durationMs: performance.now() - startedAt };
};

/** The body as JSON, in the shape the test expects of it. */
export const jsonOf = <T>({ text }: Pick<Answer, 'text'>): T => JSON.parse(text) as T;

export const problemOf = (answer: Pick<Answer, 'text'>): Problem => jsonOf<Problem>(answer);

export const askForProblem = async (url: string, init?: RequestInit): Promise<Problem> =>
  problemOf(await ask(url, init));
