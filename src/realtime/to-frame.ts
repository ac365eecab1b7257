/** What a line of an event stream may say without becoming two. */
const ONE_LINE = /^[^\r\n\0]*$/;

interface FrameParts {
  readonly id?: string;
  readonly type?: string;
  /** JSON, as text. */
  readonly json?: string;
}

/**
 * What goes over the wire (HTML §9.2.5). Without `json` nobody hears of it, but the id is remembered.
 * @throws Error when `id` or `type` would add lines of their own
 */
export const toFrame = ({ id, type, json }: FrameParts): Buffer => {
  const lines = [toLine('id', id), toLine('event', type), ...(json ?? '').split(/\r\n|\r|\n/).map(toDataLine)];
  return Buffer.from(`${lines.join('')}\n`);
};

const toLine = (field: string, value: string | undefined): string => {
  if (value === undefined) return '';
  if (!ONE_LINE.test(value)) throw new Error(`The ${field} of an event has to be one line`);
  return `${field}: ${value}\n`;
};

const toDataLine = (line: string): string => (line === '' ? '' : `data: ${line}\n`);
