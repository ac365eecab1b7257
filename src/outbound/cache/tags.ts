import type { Call } from '../http/call.ts';

/** A tag within its provider. Provider names have no slash, so no tag is taken for a provider. */
export const toTag = (provider: string, tag: string): string => `${provider}/${tag}`;

/** Stands for one URL, whatever the method, the principal and the variant: what unsafe methods invalidate. */
export const toUrlTag = ({ provider, origin }: Pick<Call, 'provider' | 'origin'>, path: string): string =>
  `${provider} ${origin}${path}`;
