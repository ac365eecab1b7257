import { randomBytes, randomUUID } from 'node:crypto';

/** Looks like an access token in all but its key and its signature, which are invented. */
export const garbageJwt = (claims: object): string => {
  const exp = Math.floor(Date.now() / 1_000) + 300;
  const header = { alg: 'RS256', typ: 'at+jwt', kid: randomUUID() };
  return `${encode(header)}.${encode({ sub: 'x', exp, ...claims })}.${randomBytes(256).toString('base64url')}`;
};

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
