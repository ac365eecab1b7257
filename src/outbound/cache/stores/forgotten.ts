/** What all instances are to forget: entries by their tags, and single ones by their keys. */
export interface Forgotten {
  readonly tags: readonly string[];
  readonly keys: readonly string[];
}

interface Message extends Forgotten {
  /** The instance that forgot it first. */
  readonly from: string;
}

export const toMessage = (from: string, { tags, keys }: Forgotten): string => JSON.stringify({ from, tags, keys });

/** Undefined when nobody of our version wrote it. */
export const readMessage = (text: string): Message | undefined => {
  try {
    const message = JSON.parse(text) as Message;
    return isTexts(message.tags) && isTexts(message.keys) ? message : undefined;
  } catch {
    return undefined;
  }
};

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string');
