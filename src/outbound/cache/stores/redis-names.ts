/** Changes with the format: instances of different versions share a Redis without reading each other's entries. */
const PREFIX = 'breakwater:cache:v1:';

export const ENTRY_PREFIX = `${PREFIX}entry:`;

/** A tag's mark is drawn anew after each invalidation: entries that bear another, or one that is gone, are void. */
export const MARK_PREFIX = `${PREFIX}mark:`;

/** What was forgotten is told here to all instances. */
export const CHANNEL = `${PREFIX}forgotten`;

/** A tag that every entry bears. */
export const EVERYTHING = '*';
