/** Longer texts are worked out each time: they would be somebody's way to fill our memory. */
const MAX_KEY_LENGTH = 160;

const MAX_KEYS = 256;

/** Works out each text once, for texts of which the same few come all the time. Bounded, whatever comes. */
export const remember = <T>(workOut: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = workOut(text);
    if (text.length > MAX_KEY_LENGTH) return value;
    if (known.size >= MAX_KEYS) known.clear();
    known.set(text, value);
    return value;
  };
};
