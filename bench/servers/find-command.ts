import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

// Where servers are installed, which the PATH of an ordinary user does not always name.
const systemFolders = ['/usr/local/sbin', '/usr/sbin'];

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The file that a command's name stands for; undefined when it is not installed. */
export const findCommand = (name: string): string | undefined =>
  [...(process.env['PATH'] ?? '').split(delimiter), ...systemFolders]
    .map((folder) => join(folder, name))
    .find(isExecutable);
