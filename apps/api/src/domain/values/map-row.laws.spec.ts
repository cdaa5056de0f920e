import { FACT_KINDS, factKindInfo } from '@steward/shared/fact-kinds';
import { importMappingSchema } from '@steward/shared/imports';
import fc from 'fast-check';
import { mapRow, prepareMapping } from './map-row.js';

const context = { timeZone: 'America/New_York', currency: 'USD', receivedOn: '2026-04-20' };

/** Cells as people and machines write them, right and wrong. */
const cell = fc.oneof(
  fc.constantFrom(
    '',
    '#N/A',
    '-',
    'A-1',
    'x@y.test',
    'P1',
    'open',
    'Closed',
    'nps',
    'churned',
    'yes',
    'NO',
    '5',
    '-3',
    '3.7',
  ),
  fc.constantFrom(
    '2026-03',
    '2026-03-05',
    '27-07-2023 03:00',
    '01/02/2026',
    '0000-00-00',
    '9999-12-31',
    '2026-03-05T10:00:00Z',
  ),
  fc.constantFrom('$8,212', '1.200,50 €', '1e400', '99999999999999999999', '12 %', '(5)', 'https://x.test', 'a;b;c'),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 5 }),
);

function everyText(value: unknown, see: (text: string) => void): void {
  if (typeof value === 'string') see(value);
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) everyText(inner, see);
}

function everyNumber(value: unknown, see: (number: number) => void): void {
  if (typeof value === 'number') see(value);
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) everyNumber(inner, see);
}

describe.each(FACT_KINDS)('whatever a row of kind %s holds', (kind) => {
  const keys = factKindInfo(kind).fields.map((field) => field.key);
  const metrics = kind === 'metric' ? [{ column: 'extra', metric: 'extra' }] : [];
  const mapping = importMappingSchema.parse({
    kind,
    columns: [...keys.map((key) => ({ column: key, field: key })), ...metrics],
  });
  const headers = [...keys, 'extra'];
  const prepared = prepareMapping(mapping, headers, context);
  const rows = fc.array(cell, { minLength: 0, maxLength: headers.length });

  it('it is either taken with values fit for storing, or rejected with column and code', () => {
    if (!prepared.ok) throw new Error('The mapping fits.');
    fc.assert(
      fc.property(rows, (cells) => {
        const { facts, problems } = mapRow(prepared.prepared, cells);
        if (problems.length > 0) expect(facts).toEqual([]);
        for (const { code, reason } of problems)
          expect([code, reason.length > 0]).toEqual([expect.stringMatching(/^[A-Z_]+$/), true]);
        for (const fact of facts) {
          expect(fact.kind).toBe(kind);
          everyText(fact, (text) => expect(text.includes('\u0000') || /\p{Cs}/u.test(text)).toBe(false));
          everyNumber(fact, (number) => expect(Number.isFinite(number)).toBe(true));
        }
        expect(mapRow(prepared.prepared, cells)).toEqual({ facts, problems });
      }),
      { numRuns: 300 },
    );
  });
});
