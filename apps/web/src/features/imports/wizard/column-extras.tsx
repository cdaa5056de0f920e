import { Select, TextInput } from '@mantine/core';
import { type FactKind, factField } from '@steward/shared/fact-kinds';
import type { AttributeType, ColumnMapping, ColumnProfile, DateOrder, DecimalSign } from '@steward/shared/imports';
import { isDated, unknownValues } from './mapping-draft.js';
import classes from './mapping-table.module.css';
import { ValueMapButton } from './value-map.js';

interface ColumnExtrasProps {
  kind: FactKind;
  column: ColumnMapping;
  profile: ColumnProfile | undefined;
  onChange: (column: ColumnMapping) => void;
}

const DATE_ORDERS: { value: DateOrder; label: string }[] = [
  { value: 'dmy', label: 'Day first (31.12.2026)' },
  { value: 'mdy', label: 'Month first (12/31/2026)' },
  { value: 'ymd', label: 'Year first (2026-12-31)' },
];
const DECIMALS: { value: DecimalSign; label: string }[] = [
  { value: '.', label: '1,234.56' },
  { value: ',', label: '1.234,56' },
];
const ATTRIBUTE_TYPES: AttributeType[] = ['text', 'number', 'date', 'boolean'];
const PERIODS: { value: NonNullable<ColumnMapping['period']>; label: string }[] = [
  { value: 'day', label: 'a day' },
  { value: 'week', label: 'a week' },
  { value: 'month', label: 'a month' },
];
const NUMERIC = ['number', 'integer', 'money', 'percent'];

/** Only what this column needs: date order, decimal sign, the name of a metric or attribute, spellings of values. */
export function ColumnExtras({ kind, column, profile, onChange }: ColumnExtrasProps) {
  if (column.ignore) return null;
  const name = column.column;
  const field = column.field === undefined ? null : factField(kind, column.field);
  const numeric =
    column.metric !== undefined || column.type === 'number' || (field !== null && NUMERIC.includes(field.type));
  const unknown = unknownValues(kind, column, profile);
  return (
    <div className={classes.extras}>
      {column.attribute !== undefined ? (
        <>
          <TextInput
            aria-label={`Name of the attribute from ${name}`}
            w={150}
            value={column.attribute}
            onChange={(event) => onChange({ ...column, attribute: event.currentTarget.value })}
          />
          <Select
            aria-label={`Type of the attribute from ${name}`}
            w={96}
            data={ATTRIBUTE_TYPES}
            value={column.type ?? 'text'}
            onChange={(type) => onChange({ ...column, type: (type ?? 'text') as AttributeType })}
          />
        </>
      ) : null}
      {column.metric !== undefined ? (
        <>
          <TextInput
            aria-label={`Name of the metric from ${name}`}
            w={150}
            value={column.metric}
            onChange={(event) => onChange({ ...column, metric: event.currentTarget.value })}
          />
          <Select
            aria-label={`What one value of ${name} stands for`}
            w={110}
            placeholder="found"
            data={PERIODS}
            value={column.period ?? null}
            onChange={(period) => onChange({ ...column, period: (period ?? undefined) as ColumnMapping['period'] })}
          />
        </>
      ) : null}
      {isDated(kind, column) && (profile?.type === 'date' || profile?.dateFormatAmbiguous) ? (
        <Select
          aria-label={`Order of the dates in ${name}`}
          w={190}
          placeholder={profile.dateFormatAmbiguous ? 'Day or month first?' : 'found from the column'}
          data={DATE_ORDERS}
          value={column.dateFormat ?? profile.dateFormat}
          error={profile.dateFormatAmbiguous && column.dateFormat === undefined}
          onChange={(order) => onChange({ ...column, dateFormat: (order ?? undefined) as DateOrder | undefined })}
        />
      ) : null}
      {numeric && profile?.decimal ? (
        <Select
          aria-label={`Decimal sign in ${name}`}
          w={110}
          data={DECIMALS}
          value={column.decimal ?? profile.decimal}
          onChange={(decimal) => onChange({ ...column, decimal: (decimal ?? undefined) as DecimalSign | undefined })}
        />
      ) : null}
      {field?.options ? (
        <ValueMapButton column={column} options={field.options} unknown={unknown} onChange={onChange} />
      ) : null}
    </div>
  );
}
