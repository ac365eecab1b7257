export interface NameAndId {
  readonly name: string;
  readonly id: number;
}

/** Reads `fire/10`. */
export function readName(text: string): NameAndId {
  const [name, id] = text.split('/');
  if (!name || !Number.isInteger(Number(id))) throw new Error(`"${text}" in the PokeAPI data is not "name/id"`);
  return { name, id: Number(id) };
}

/** Reads `fire/10 flying/3`; a lone `-` or nothing is the empty list. */
export function readNames(text: string): NameAndId[] {
  return text.split(/\s+/).filter(isEntry).map(readName);
}

export function isEntry(text: string): boolean {
  return text !== '' && text !== '-';
}
