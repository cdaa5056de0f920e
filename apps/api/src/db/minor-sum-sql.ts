/**
 * The sum of a column of minor units as SQL; null where no row has one. At most what a JavaScript number holds exactly:
 * one absurd amount must not keep the rest from being read. `which`: a FILTER clause.
 */
export function minorSumSql(column: string, which = ''): string {
  return `CASE WHEN count(${column}) ${which} > 0
    THEN least(sum(${column}) ${which}, ${Number.MAX_SAFE_INTEGER})::bigint END`;
}
