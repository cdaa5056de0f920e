import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { v5 as uuid } from 'uuid';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { KeepsMoves } from '../account-run.js';
import { type Batch, inBatch } from '../batch.js';

/** Ids of moves are made of account and day, so that a run repeated makes none twice. */
const MOVES = 'b1a9f6f2-5b1c-5f0e-9a57-0f6d4c1d9f30';

export interface Move {
  accountId: string;
  from: string | null;
  to: string;
  reason: 'rule' | 'person' | 'import' | 'status';
  byUserId: string | null;
  note: string | null;
}

const TABLES = {
  stage_move: { from: 'from_stage', to: 'to_stage' },
  tier_move: { from: 'from_tier', to: 'to_tier' },
} as const;
type MoveTable = keyof typeof TABLES;

@Injectable()
export class MovesRepository {
  /**
   * The day's moves of the batch are exactly these: an earlier run of the day may have seen others. Accounts that are
   * not kept are left alone.
   */
  async replace(
    tx: Tx,
    table: MoveTable,
    batch: Batch,
    day: { iso: IsoDay; at: Date },
    moves: readonly Move[],
    keeps: KeepsMoves,
  ): Promise<void> {
    const { prepared } = open(tx);
    const { from, to } = TABLES[table];
    const { bind, values } = new Binder();
    const found = await prepared<{ account_id: string; id: string; from: string | null; to: string; reason: string }>(
      `SELECT account_id, id, ${from} AS "from", ${to} AS "to", reason FROM steward.${table}
       WHERE ${inBatch(batch, 'account_id', bind)} AND moved_on = ${bind(day.iso)}::date`,
      values,
    );
    if (found.length === 0 && moves.length === 0) return;
    const stored = found.filter((row) => keeps(row.account_id));
    const idOf = (move: Move) => uuid(`${table} ${move.accountId} ${day.iso}`, MOVES);
    const wanted = new Map(moves.map((move) => [idOf(move), move]));
    const gone = stored.filter((row) => !wanted.has(row.id) && !isByHand(row));
    if (gone.length > 0) {
      await prepared(`DELETE FROM steward.${table} WHERE account_id = ANY($1::uuid[]) AND id = ANY($2::uuid[])`, [
        gone.map((row) => row.account_id),
        gone.map((row) => row.id),
      ]);
    }
    const known = new Map(stored.map((row) => [row.id, row]));
    // What a person did stands already, in the words of the person.
    const byHand = new Set(stored.flatMap((row) => (isByHand(row) ? [`${row.account_id} ${row.to}`] : [])));
    const written = [...wanted].filter(([id, move]) => {
      const row = known.get(id);
      const isSame = row && row.from === move.from && row.to === move.to && row.reason === move.reason;
      return !isSame && !byHand.has(`${move.accountId} ${move.to}`);
    });
    if (written.length === 0) return;
    const ordered = written.sort(([, a], [, b]) => (a.accountId < b.accountId ? -1 : 1));
    await prepared(
      `INSERT INTO steward.${table} (account_id, id, ${from}, ${to}, moved_on, reason, by_user_id, note, created_at)
       SELECT u.account_id, u.id, u.from_key, u.to_key, $1::date, u.reason, u.by_user_id, u.note, $2
       FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::text[])
         AS u (account_id, id, from_key, to_key, reason, by_user_id, note)
       ORDER BY u.account_id, u.id
       ON CONFLICT (account_id, id) DO UPDATE SET ${from} = EXCLUDED.${from}, ${to} = EXCLUDED.${to},
         reason = EXCLUDED.reason, by_user_id = EXCLUDED.by_user_id, note = EXCLUDED.note`,
      [
        day.iso,
        day.at,
        ordered.map(([, move]) => move.accountId),
        ordered.map(([id]) => id),
        ordered.map(([, move]) => move.from),
        ordered.map(([, move]) => move.to),
        ordered.map(([, move]) => move.reason),
        ordered.map(([, move]) => move.byUserId),
        ordered.map(([, move]) => move.note),
      ],
    );
  }
}

/** Written where a person acted, under an id of its own (version 7), not by a run. */
function isByHand(row: { id: string; reason: string }): boolean {
  return row.reason === 'person' && row.id.charAt(14) !== '5';
}
