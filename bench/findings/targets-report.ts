import { toVerdict, type Target } from './findings.ts';
import { formatFigure, formatNumber } from './format-figure.ts';
import type { Finding } from './results.ts';
import { toTable } from './table.ts';

export const formatWanted = ({ bound, wanted, unit }: Target): string =>
  `${bound === 'at least' ? '≥' : '≤'} ${formatNumber(wanted)}${unit === '×' ? '' : ` ${unit}`}`;

const toRow = (workload: string, target: Target): string[] => {
  const verdict = toVerdict(target);
  const measured = verdict === 'refused' ? '–' : formatFigure(target.value, target.unit);
  return [`${workload}, ${target.what}`, measured, formatWanted(target), verdict];
};

/** What the project wants of this run's figures, as text for a terminal; empty when it wants nothing. */
export const toTargetsReport = (findings: readonly Finding[]): string => {
  const rows = findings.flatMap(({ workload, targets, failure }) => [
    ...targets.map((target) => toRow(workload, target)),
    ...(failure === undefined ? [] : [[workload, '–', '', 'not measured']]),
  ]);
  return rows.length === 0 ? '' : toTable([['', 'measured', 'wanted', ''], ...rows]);
};
