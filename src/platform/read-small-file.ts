import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * The text of a regular file. What is something else, such as a pipe, is not waited for.
 * @throws Error that says what to do when it is larger than `maxBytes`, is no file or cannot be read
 */
export const readSmallFile = async (path: string, maxBytes: number): Promise<string> => {
  await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if (!(await file.stat()).isFile()) throw new Error('it is no regular file; give the path of one');
  const bytes = Buffer.alloc(maxBytes + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes.length; length += read) {
    ({ bytesRead: read } = await file.read(bytes, length));
  }
  if (length > maxBytes) throw new Error(`it is larger than ${maxBytes} bytes; make it smaller`);
  return bytes.toString('utf8', 0, length);
};
