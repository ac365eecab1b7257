import { randomBytes } from 'node:crypto';

const ID_BYTES = 32;
const ID = /^[\w-]{43}$/;

/** 256 random bits as 43 characters of base64url: nobody guesses one. */
export const newRandomId = (): string => randomBytes(ID_BYTES).toString('base64url');

/** Whether it can be such an id at all; what cannot is not looked up anywhere. */
export const isRandomId = (text: string): boolean => ID.test(text);
