import { toDay } from './day.js';
import { quietPeriodOn } from './quiet.js';

const period = (name: string, from: string, to: string) => ({ name, from: toDay(from), to: toDay(to) });

describe('a quiet period', () => {
  const christmas = period('Christmas', '2025-12-22', '2026-01-02');
  const stocktaking = period('Stocktaking', '2025-12-31', '2026-01-09');
  const on = (day: string) => quietPeriodOn([stocktaking, christmas], toDay(day))?.name ?? null;

  it('holds from its first day to its last', () => {
    expect([on('2025-12-21'), on('2025-12-22'), on('2026-01-09'), on('2026-01-10')]).toEqual([
      null,
      'Christmas',
      'Stocktaking',
      null,
    ]);
  });

  it('may overlap another: the one that began first names the day', () => {
    expect([on('2025-12-31'), on('2026-01-02'), on('2026-01-03')]).toEqual(['Christmas', 'Christmas', 'Stocktaking']);
  });
});
