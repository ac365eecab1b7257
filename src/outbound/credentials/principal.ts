import { createHmac } from 'node:crypto';
import type { Caller } from '../../platform/context/caller.ts';
import type { Secret } from '../../platform/secret.ts';

/** Whom a call's credential stands for. What is stored for one principal is never given to another. */
export interface Principal {
  /** Issuer, subject or client, audience and scopes in one text; never the token, which changes at every refresh. */
  readonly id: string;
  /** True for a caller's own credential; false for the provider's, which stands for all callers alike. */
  readonly isCaller: boolean;
}

/** Of somebody who calls us with a credential of their own. */
export const toCallersPrincipal = ({ issuer, subject, clientId, audience, scopes }: Caller): Principal => ({
  id: JSON.stringify([issuer, subject, clientId ?? '', audience.toSorted(), scopes.toSorted()]),
  isCaller: true,
});

/** Of a token that says nothing of whom it stands for: another one may be somebody else's, and none can be told from this. */
export const toStaticPrincipal = (token: Secret): Principal => ({
  id: createHmac('sha256', token.reveal()).update('principal').digest('base64url').slice(0, FINGERPRINT_LENGTH),
  isCaller: false,
});

/** 96 bits. */
const FINGERPRINT_LENGTH = 16;
