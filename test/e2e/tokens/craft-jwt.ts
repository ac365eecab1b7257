import { createHmac, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';
import { headerOf } from '../../upstreams/authorization/raw-requests.ts';

/** Of somebody who is not the server. */
export const foreign = generateKeyPairSync('rsa', { modulusLength: 2_048 });

const encode = (part: string): string => Buffer.from(part).toString('base64url');
const toText = (part: object | string): string => (typeof part === 'string' ? part : JSON.stringify(part));

/** A JWT of these very parts; text is taken for JSON as it stands. */
export const craftJwt = (
  header: object | string,
  claims: object | string,
  signWith: (signed: Buffer) => Buffer | string = () => Buffer.alloc(256, 7),
): string => {
  const signed = `${encode(toText(header))}.${encode(toText(claims))}`;
  const signature = signWith(Buffer.from(signed));
  return `${signed}.${typeof signature === 'string' ? signature : signature.toString('base64url')}`;
};

export const byHmac =
  (secret: Buffer | string) =>
  (signed: Buffer): Buffer =>
    createHmac('sha256', secret).update(signed).digest();

export const byKey =
  (key: KeyObject) =>
  (signed: Buffer): Buffer =>
    sign('sha256', signed, key);

/** Claims that are all in order. */
export const goodClaims = ({ issuer, audience }: AuthorizationStandIn): Readonly<Record<string, unknown>> => {
  const iat = Math.floor(Date.now() / 1_000);
  return { iss: issuer, aud: audience, sub: 'robot', client_id: 'robot', jti: randomUUID(), iat, exp: iat + 300 };
};

/** Name of the key that the server signs with now. */
export const currentKid = async (server: AuthorizationStandIn): Promise<string> =>
  String(headerOf(await server.signToken())['kid']);
