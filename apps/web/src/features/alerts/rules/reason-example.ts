import type { AccountRow, Series } from '@steward/shared/accounts';
import { filledReason, mergeFieldsIn } from '@steward/shared/alert-reason';
import type { CatalogueField } from '@steward/shared/catalogue';
import { fieldOf } from '../../../lib/catalogue.js';
import { minorUnits } from '../../../lib/format.js';

/** What a row of the account list tells of a field; undefined where it does not. Money in major units. */
const FROM_ROW: Record<string, (row: AccountRow, currency: string) => unknown> = {
  'account.name': ({ name }) => name,
  'account.status': ({ status }) => status,
  'account.arr': ({ arrMinor }, currency) => (arrMinor === null ? null : arrMinor / minorUnits(currency)),
  'account.seats': ({ seats }) => seats,
  'account.renewalDate': ({ renewalDate }) => renewalDate,
  'account.customerSince': ({ customerSince }) => customerSince,
  'account.industry': ({ industry }) => industry,
  'account.region': ({ region }) => region,
  'account.plan': ({ plan }) => plan,
  'account.tags': ({ tags }) => tags,
  'health.score': ({ score }) => score,
  'health.band': ({ band }) => band,
  'health.change': ({ healthChange }) => healthChange,
  tier: ({ tier }) => tier,
  stage: ({ stage }) => stage,
  'stage.since': ({ stageSince }) => stageSince,
};

const NUMBERS = ['number', 'money', 'percent', 'boolean'];
const MOST_SIGNALS = 10;

/** The signals that a reason names: their values of the day come from the account's series. */
export function signalsIn(reason: string, catalogue: readonly CatalogueField[]): string[] {
  const isSignal = (key: string): boolean => {
    const field = fieldOf(catalogue, key);
    return field?.stage === 'signals' && NUMBERS.includes(field.type);
  };
  return mergeFieldsIn(reason).filter(isSignal).slice(0, MOST_SIGNALS);
}

interface Example {
  row: AccountRow;
  series: Series | null;
  currency: string;
}

/** The reason as an alert on this account would have it; a field that no list shows stands there by its name. */
export function reasonExample(
  reason: string,
  catalogue: readonly CatalogueField[],
  { row, series, currency }: Example,
): string {
  return filledReason(reason, (key) => {
    const field = fieldOf(catalogue, key);
    if (field === null) return { value: `{{${key}}}`, field: { type: 'text', unit: null, options: null } };
    const own = FROM_ROW[key];
    if (own) return { value: own(row, currency), field };
    const days = series?.values[key];
    if (days) return { value: days.at(-1) ?? null, field };
    return { value: `[${field.label}]`, field: { type: 'text', unit: null, options: null } };
  });
}

/** A reason as it stands in lists: fields by their names, without the marks of what is said only at times. */
export function reasonInFields(reason: string, catalogue: readonly CatalogueField[]): string {
  return filledReason(reason, (key) => ({
    value: `[${fieldOf(catalogue, key)?.label ?? key}]`,
    field: { type: 'text', unit: null, options: null },
  }));
}

/** A reason with a merge field put where the cursor stands, set off by spaces. */
export function withField(reason: string, key: string, at: number): { text: string; cursor: number } {
  const before = reason.slice(0, at);
  const after = reason.slice(at);
  const space = before === '' || /[\s(]$/.test(before) ? '' : ' ';
  const put = `${space}{{${key}}}`;
  return { text: `${before}${put}${after}`, cursor: at + put.length };
}
