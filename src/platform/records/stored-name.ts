const MAX_CHARACTERS = 255;
/** Two of them have to fit into one entry of an index. */
const MAX_STORED_BYTES = 1_020;

/** A name that any store can hold: NUL and halves of characters are escaped, as in JSON. No two names become the same. */
export const toStoredName = (name: string): string => JSON.stringify(name).slice(1, -1);

export const fromStoredName = (stored: string): string => JSON.parse(`"${stored}"`) as string;

/** @throws TypeError for what cannot name anything that is kept */
export const checkNames = (names: readonly string[]): void => {
  for (const name of names) {
    const isShort = name.length <= MAX_CHARACTERS && Buffer.byteLength(toStoredName(name)) <= MAX_STORED_BYTES;
    if (name === '' || !isShort)
      throw new TypeError(`A record or list needs a name of 1 to ${MAX_CHARACTERS} characters`);
  }
};
