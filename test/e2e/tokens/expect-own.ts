import { expect } from '@jest/globals';
import type { Answer } from '../../support/ask.ts';
import { ownerOf, type Reader } from './diary-scene.ts';

/** It is their own, and nobody behind us may keep it for others. */
export const expectOwn = (answer: Answer, { name }: Reader): void => {
  expect([answer.status, ownerOf(answer)]).toEqual([200, name]);
  expect(answer.headers.get('cache-control')).toMatch(/^(private\b|no-store$)/);
  expect(answer.headers.get('cache-control')).not.toMatch(/public|s-maxage/);
  expect(answer.headers.get('vary')).toMatch(/Authorization, Cookie/);
};

export const readAll = async (readers: readonly Reader[], path?: string): Promise<void> => {
  const answers = await Promise.all(readers.map((reader) => reader.read({}, path)));
  answers.forEach((answer, index) => expectOwn(answer, readers[index]!));
};

export const readInTurn = async (readers: readonly Reader[]): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (const reader of readers) {
    const answer = await reader.read();
    expectOwn(answer, reader);
    answers.push(answer);
  }
  return answers;
};
