import { Injectable } from '@nestjs/common';
import { DEFAULT_PULSE_REASONS, type PulseReason, type PulseReasonList } from '@steward/shared/pulse';
import { open, type Tx } from '../../db/unit-of-work.js';

/** The reasons that people choose from when they set a pulse. */
@Injectable()
export class PulseReasonsReader {
  async list(tx: Tx): Promise<PulseReasonList> {
    const [row] = await open(tx).query<{ reasons: PulseReason[]; revision: number }>(
      'SELECT reasons, revision FROM steward.pulse_reason_list WHERE id = 1',
    );
    return row ?? { revision: 0, reasons: [...DEFAULT_PULSE_REASONS] };
  }

  /** Of these keys, those that are not offered. */
  async notOffered(tx: Tx, keys: readonly string[]): Promise<string[]> {
    if (keys.length === 0) return [];
    const { reasons } = await this.list(tx);
    return keys.filter((key) => !reasons.some((reason) => reason.active && reason.key === key));
  }
}

/** Reasons of a pulse with their words; one that a feed brought, or that is gone, stands for itself. */
export function reasonsInWords(
  keys: readonly string[],
  list: readonly PulseReason[],
): { key: string; label: string }[] {
  return keys.map((key) => ({ key, label: list.find((reason) => reason.key === key)?.label ?? key }));
}
