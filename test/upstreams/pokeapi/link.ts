import type { NameAndId } from './name-and-id.ts';

export interface NamedResource {
  readonly name: string;
  readonly url: string;
}

/** Writes the `{ name, url }` pairs by which PokeAPI documents refer to each other. */
export type Link = (endpoint: string, target: NameAndId) => NamedResource;

/** `apiUrl` ends in `/api/v2`. */
export function linkTo(apiUrl: string): Link {
  return (endpoint, { name, id }) => ({ name, url: `${apiUrl}/${endpoint}/${id}/` });
}
