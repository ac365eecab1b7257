/** What a JWT says before anybody has verified it. */
export interface JwtParts {
  readonly header: Readonly<Record<string, unknown>>;
  /** Undefined when it is no JSON object. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
}

/** Three base64url parts (RFC 7515 §7.1); the signature of `alg: none` is empty. */
const COMPACT = /^([\w-]+)\.([\w-]+)\.[\w-]*$/;

/** Undefined for what is no JWT: then it is opaque, for the server alone to read. */
export const readJwt = (token: string): JwtParts | undefined => {
  const [, first, second] = COMPACT.exec(token) ?? [];
  const header = first === undefined ? undefined : toObject(first);
  return header && { header, claims: toObject(second ?? '') };
};

const toObject = (part: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
};
