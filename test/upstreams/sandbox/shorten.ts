const KEPT_CHARACTERS = 400;

/** Cuts long text, and says how much is missing. */
export const shorten = (text: string, keptCharacters = KEPT_CHARACTERS): string => {
  const missing = text.length - keptCharacters;
  return missing <= 0 ? text : `${text.slice(0, keptCharacters)} … (${missing.toLocaleString('en')} more characters)`;
};
