import { Injectable } from '@nestjs/common';
import { filledReason, mergeFieldsIn } from '@steward/shared/alert-reason';
import type { Alert, AlertEvidence } from '@steward/shared/alerts';
import type { Catalogue } from '../../db/rules/bindings.js';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import type { AlertRow } from './alert-row-sql.js';
import { type CurrentValues, CurrentValuesRepository } from './current-values.repository.js';

/** The alert, with what else its row holds. */
type Shown<Row> = Alert & Omit<Row, keyof AlertRow>;

/**
 * Alerts as people read them. As long as an alert's rule holds, its reason and its evidence are of now: they are filled in
 * from the account when they are read, so that no run rewrites alerts that go on. What stood there before comes with them.
 */
@Injectable()
export class ShownAlerts {
  constructor(
    private readonly catalogues: CatalogueReader,
    private readonly workspaces: WorkspaceReader,
    private readonly values: CurrentValuesRepository,
  ) {}

  async shown<Row extends AlertRow>(tx: Tx, rows: readonly Row[]): Promise<Shown<Row>[]> {
    if (rows.length === 0) return [];
    const { catalogue } = await this.catalogues.model(tx);
    const holding = rows.filter(holdsNow);
    const values =
      holding.length === 0
        ? new Map<string, CurrentValues>()
        : await this.values.of(
            tx,
            catalogue,
            isoOf(await this.workspaces.today(tx)),
            [...new Set(holding.map(({ accountId }) => accountId))],
            [...new Set(holding.flatMap(fieldsOf))],
          );
    return rows.map((row) => alertOf(row, catalogue, holdsNow(row) ? (values.get(row.accountId) ?? null) : null));
  }
}

const LIVE: readonly Alert['state'][] = ['open', 'acknowledged', 'snoozed'];

export const isLive = ({ state }: Pick<Alert, 'state'>): boolean => LIVE.includes(state);

/** A rule that holds no more, or that nobody can tell of, leaves what it last said. */
function holdsNow(row: AlertRow): boolean {
  return isLive(row) && row.template !== null && row.lastMatchedDay === null && row.heldReason === null;
}

function fieldsOf({ template, evidence }: AlertRow): string[] {
  return [...mergeFieldsIn(template ?? ''), ...(evidence?.values ?? []).map(({ field }) => field)];
}

function alertOf<Row extends AlertRow>(row: Row, catalogue: Catalogue, now: CurrentValues | null): Shown<Row> {
  const { template, ...alert } = row;
  const reason =
    now === null || template === null
      ? row.reason
      : filledReason(template, (key) => {
          const bound = catalogue.fields.get(key);
          return bound && { value: now.get(key), field: bound.field };
        });
  return {
    ...alert,
    reason,
    reasonAtOpen: reason === row.reason ? null : row.reason,
    evidence: (row.evidence?.values ?? []).map((each): AlertEvidence => {
      const noted = shown(each.value);
      return {
        field: each.field,
        label: catalogue.fields.get(each.field)?.field.label ?? each.field,
        value: now?.has(each.field) ? shown(now.get(each.field)) : noted,
        noted,
      };
    }),
    openedAt: row.openedAt.toISOString(),
    acknowledgedAt: iso(row.acknowledgedAt),
    escalatedAt: iso(row.escalatedAt),
    endedAt: iso(row.endedAt),
  } as unknown as Shown<Row>;
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** What a field read, where it is something that can be shown. */
function shown(value: unknown): AlertEvidence['value'] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
