import { z } from 'zod';

/** Room for RSA keys of 8,192 bits, and no more: verifying takes longer the larger they are. */
const number = z.string().max(1_400);
const name = z.string().max(256);

/** Public parts only, of the kinds that sign tokens; what we do not read, such as certificates, is dropped. */
const publicKey = z.object({
  kty: z.enum(['RSA', 'EC', 'OKP']),
  kid: name.optional(),
  use: name.optional(),
  alg: name.optional(),
  key_ops: z.array(name).max(10).optional(),
  crv: name.optional(),
  n: number.optional(),
  e: z.string().max(12).optional(),
  x: number.optional(),
  y: number.optional(),
});

/** RFC 7517, section 5. Keys that we cannot use are left out, as it asks (§5). */
export const publicKeys = z.object({ keys: z.array(z.unknown()).max(100) }).transform(({ keys }) => ({
  keys: keys.flatMap((key) => publicKey.safeParse(key).data ?? []),
}));

export type PublicKeys = z.infer<typeof publicKeys>;
