import { z } from 'zod';

const endpoint = z
  .url({ protocol: /^https?$/ })
  .max(2_048)
  .optional();

/** What we read of OpenID Connect Discovery 1.0, section 3. */
export const serverMetadata = z.object({
  issuer: z.string().max(2_048),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  introspection_endpoint: endpoint,
  revocation_endpoint: endpoint,
  end_session_endpoint: endpoint,
  authorization_response_iss_parameter_supported: z.boolean().optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).max(100).optional(),
});

export type ServerMetadata = z.infer<typeof serverMetadata>;

/** What a server has for browsers. */
export type Page = 'authorization_endpoint' | 'end_session_endpoint';

/** The endpoints that a server may have. */
export type Endpoint = Extract<keyof ServerMetadata, `${string}_endpoint` | 'jwks_uri'>;
