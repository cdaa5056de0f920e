/** A value of a row that meets all of the conditions; NULL on any other. */
export interface Case {
  /** What comes before its conditions and is never asked for others. */
  where?: string | null;
  conditions: readonly string[];
  value: string;
}

/** Two cases with the same condition are not worth a longer text. */
const OFTEN = 3;

/**
 * An SQL array with a place for each of the cases. A condition that most of them begin with, as rules about customers do,
 * is asked once for all of them: asked in each, it takes an eighth of the time of all rules. The others stand in the text
 * twice, so they must be the fewer. Only conditions without parameters are ever the same: each operand has its own.
 */
export function arrayOfCases(cases: readonly Case[], type: 'int' | 'text'): string {
  const shared = sharedBeginning(cases);
  if (shared === null) return arraySql(cases, type);
  const met = cases.map((each) => ({ ...each, conditions: each.conditions.filter((one) => one !== shared) }));
  const others = cases.map((each) => (each.conditions.includes(shared) ? null : each));
  return `CASE WHEN ${shared} THEN ${arraySql(met, type)} ELSE ${arraySql(others, type)} END`;
}

function sharedBeginning(cases: readonly Case[]): string | null {
  const counts = new Map<string, number>();
  for (const {
    conditions: [first],
  } of cases) {
    if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  const most = [...counts].find(([, count]) => count >= OFTEN && 2 * count > cases.length);
  return most?.[0] ?? null;
}

const arraySql = (cases: readonly (Case | null)[], type: 'int' | 'text') =>
  `ARRAY[${cases.map(caseSql).join(', ')}]::${type}[]`;

function caseSql(each: Case | null): string {
  if (each === null) return 'NULL';
  const { where = null, conditions, value } = each;
  const asked = where === null ? conditions : [where, ...conditions];
  return asked.length === 0 ? value : `CASE WHEN ${asked.join(' AND ')} THEN ${value} END`;
}
