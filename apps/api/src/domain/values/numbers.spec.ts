import fc from 'fast-check';
import { coerceCurrency, coerceMoney, majorText } from './money.js';
import { coerceInteger, coerceNumber } from './numbers.js';

const value = (result: ReturnType<typeof coerceNumber>) => (result.ok ? result.value : result.code);
const money = (result: ReturnType<typeof coerceMoney>) =>
  result.ok ? result.value && [result.value.amountMinor, result.value.currency] : result.code;

describe('numbers', () => {
  it.each([
    ['8212', 8212],
    ['8,212', 8212],
    ['8,212.50', 8212.5],
    ['8.212,50', 8212.5],
    ['1 234,5', 1234.5],
    ['1\u202f234,5', 1234.5],
    ["1'234.5", 1234.5],
    ['1.234.567', 1234567],
    ['12,34,567', 1234567],
    ['8,5', 8.5],
    ['8.212', 8.212],
    ['(123)', -123],
    ['-5', -5],
    ['5-', -5],
    ['−5', -5],
    ['+5', 5],
    ['.5', 0.5],
    ['12 %', 12],
    ['12.5%', 12.5],
    ['1e3', 1000],
    ['1.5E-2', 0.015],
    ['007', 7],
    ['-0', 0],
    ['$8,212', 8212],
  ])('reads %j as %d', (text, expected) => {
    expect(value(coerceNumber(text))).toBe(expected);
  });

  it.each(['', ' ', '#N/A', 'N/A', 'na', 'NULL', '-', '—', 'none', 'NaN', '?', '\\N'])(
    'reads %j as no value',
    (text) => {
      expect(value(coerceNumber(text))).toBeNull();
    },
  );

  it.each([
    'abc',
    '1,2,3',
    '1.2.3',
    '12,34',
    '1..2',
    '--5',
    '(-5)',
    '1 apple',
    '12 EUR',
    '0x10',
    '1'.repeat(80),
    '5 %a',
  ])('refuses %j, or reads it as what it says', (text) => {
    const read = coerceNumber(text);
    if (text === '12,34') expect(value(read)).toBe(12.34);
    else expect(value(read)).toBe('BAD_NUMBER');
  });

  it('lets the column say what a lone separator before three digits means', () => {
    expect(value(coerceNumber('8,212', ','))).toBe(8.212);
    expect(value(coerceNumber('8.212', ','))).toBe(8212);
    expect(value(coerceNumber('8,212', '.'))).toBe(8212);
    expect(value(coerceNumber('8.5', ','))).toBe('BAD_NUMBER');
  });

  it('keeps to limits and whole numbers', () => {
    expect(value(coerceInteger('-3', null, { min: 0 }))).toBe('NUMBER_OUT_OF_RANGE');
    expect(value(coerceInteger('3.5'))).toBe('BAD_INTEGER');
    expect(value(coerceInteger('12 %'))).toBe('BAD_INTEGER');
    expect(value(coerceInteger('3.0'))).toBe(3);
    expect(value(coerceNumber('1e400'))).toBe('BAD_NUMBER');
  });

  it('reads back every number as the usual locales write it', () => {
    const locales = [
      ['en-US', '.'],
      ['de-DE', ','],
      ['fr-FR', ','],
      ['de-CH', '.'],
      ['en-IN', '.'],
    ] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom(...locales),
        (hundredths, [locale, decimal]) => {
          const written = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(hundredths / 100);
          expect(value(coerceNumber(written, decimal))).toBeCloseTo(hundredths / 100, 2);
        },
      ),
    );
  });
});

describe('money', () => {
  it.each([
    ['$8,212', 'EUR', [821200, 'USD']],
    ['$5', 'CAD', [500, 'CAD']],
    ['8.212,50 €', 'USD', [821250, 'EUR']],
    ['CHF 1’200.–', 'EUR', [120000, 'CHF']],
    ['EUR1,5', 'USD', [150, 'EUR']],
    ['1200 kr', 'DKK', [120000, 'DKK']],
    ['1.200,-', 'EUR', [120000, 'EUR']],
    ['1200,-', 'EUR', [120000, 'EUR']],
    ['1200-', 'EUR', [-120000, 'EUR']],
    ['12,345', 'JPY', [12345, 'JPY']],
    ['1.2345', 'KWD', [1235, 'KWD']],
    ['1.005', 'USD', [101, 'USD']],
    ['(12.50)', 'USD', [-1250, 'USD']],
    ['-$12.50', 'USD', [-1250, 'USD']],
    ['$-12.50', 'USD', [-1250, 'USD']],
    ['0', 'USD', [0, 'USD']],
    ['#N/A', 'USD', null],
    ['5 XYZ', 'USD', 'UNKNOWN_CURRENCY'],
    ['12 %', 'USD', 'BAD_MONEY'],
    ['a lot', 'USD', 'BAD_MONEY'],
    ['999999999999999999', 'USD', 'NUMBER_OUT_OF_RANGE'],
  ])('reads %j in %s as %j', (text, currency, expected) => {
    expect(money(coerceMoney(text, currency))).toEqual(expected);
  });

  it('reads back every amount to the last minor unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e13, max: 1e13 }),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        (amountMinor, currency) => {
          expect(money(coerceMoney(majorText({ amountMinor, currency }), currency, '.'))).toEqual([
            amountMinor,
            currency,
          ]);
        },
      ),
    );
  });

  it('refuses a currency that does not exist', () => {
    expect(coerceCurrency('EURO')).toMatchObject({ ok: false, code: 'UNKNOWN_CURRENCY' });
    expect(coerceCurrency(' eur ')).toEqual({ ok: true, value: 'EUR' });
  });
});
