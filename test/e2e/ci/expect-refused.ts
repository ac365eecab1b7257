import { expect } from '@jest/globals';
import { problemOf, type Answer } from '../../support/ask.ts';
import type { CiScene } from './ci-scene.ts';

/** As a problem of those fields, if any are named, without a word to Semaphore. */
export const expectRefused = async (
  { semaphore }: CiScene,
  answer: Promise<Pick<Answer, 'text'>>,
  ...fields: string[]
): Promise<void> => {
  const before = semaphore.requests.length;
  const problem = problemOf(await answer);
  expect(problem).toMatchObject({ status: 400, code: 'invalid_request' });
  if (fields.length > 0) expect(problem.errors?.map(({ field }) => field)).toEqual(fields);
  expect(semaphore.requests).toHaveLength(before);
};
