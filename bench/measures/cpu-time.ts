import { readFile } from 'node:fs/promises';

/** Linux counts here in hundredths of a second, whatever its clock is. */
const tickMs = 10;

const readOwnMs = async (pid: number | string): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // Behind the command's name, which stands in brackets and may itself contain any: the 3rd field; these are 14th and 15th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
};

const sumMs = async (pid: number | string): Promise<number> => {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').filter(Boolean);
  const times = await Promise.all([readOwnMs(pid), ...children.map(sumMs)]);
  return times.reduce((sum, ms) => sum + ms, 0);
};

/**
 * What a process, all its threads and those it started have taken of the processors since their start, in user and kernel
 * mode; undefined where there is no /proc that tells.
 */
export const readCpuMs = async (pid: number | undefined): Promise<number | undefined> =>
  pid === undefined || process.platform !== 'linux' ? undefined : sumMs(pid).catch(() => undefined);
