/** A scheme as a label: only one of these two, whatever a request says. */
export const toKnownScheme = (protocol: string): 'http' | 'https' => (protocol === 'https' ? 'https' : 'http');
