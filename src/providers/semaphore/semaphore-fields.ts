import { z } from 'zod';
import { toTime } from './semaphore-time.ts';
import { toWord } from './semaphore-word.ts';

/** What an answer cannot do without. */
export const id = z.string().min(1);

/** May be anything, or not there. */
export const anything = z.unknown().optional();

const toText = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Protobuf writes what is not set as an empty text. */
export const text = anything.transform(toText);

export const time = anything.transform(toTime);

/** `words`: what its numbers stand for. */
export const word = (words: readonly string[] = []) => anything.transform((value) => toWord(value, words));

/** As `word`, for what our callers rely on being there. */
export const state = (words: readonly string[] = []) =>
  anything.transform((value) => toWord(value, words) ?? 'unknown');
