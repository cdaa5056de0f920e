import { Menu, UnstyledButton } from '@mantine/core';
import { FORECAST_CATEGORIES, type ForecastCategory, type Renewal } from '@steward/shared/renewals';
import { IconChevronDown, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { formatMoney, minorUnits } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import { InlineInput } from '../ui/inline-input.js';
import { CategoryMark } from './category-mark.js';
import { useForecast } from './change-renewals.js';
import classes from './renewal.module.css';
import { CATEGORY_WORDS, forecastSource, isOpen } from './renewal-words.js';

interface ForecastProps {
  renewal: Renewal;
  /** How the account is called in what is said. */
  name: string;
  editable: boolean;
}

/** The category of the forecast, changed in place by pointer or keyboard. */
export function CategoryCell({ renewal, name, editable }: ForecastProps) {
  const forecast = useForecast();
  const { category, from } = renewal.forecast;
  const shown = <CategoryMark category={category} quiet={from !== 'person'} />;
  if (!isOpen(renewal)) return <span className={classes.dim}>–</span>;
  if (!editable || from === 'leaving') return <span title={forecastSource(renewal)}>{shown}</span>;
  const set = (next: ForecastCategory | null) => {
    if (next === category && from === 'person') return;
    forecast.mutate({
      renewal,
      change: next === null ? { category: null, amountMinor: null } : { category: next },
      said: `${name}: ${next === null ? 'forecast taken away' : `forecast ${CATEGORY_WORDS[next].toLowerCase()}`}`,
    });
  };
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <UnstyledButton
          className={classes.edit}
          title={forecastSource(renewal)}
          aria-label={`Forecast of ${name}: ${CATEGORY_WORDS[category]}`}
        >
          {shown}
          <IconChevronDown size={12} className={classes.pencil} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {FORECAST_CATEGORIES.map((each) => (
          <Menu.Item key={each} onClick={() => set(each)}>
            <CategoryMark category={each} />
          </Menu.Item>
        ))}
        {from === 'person' ? (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => set(null)}>Back to the default</Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The amount of the forecast, changed in place; empty goes back to the amount due. */
export function AmountCell({ renewal, name, editable }: ForecastProps) {
  const currency = useCurrency();
  const forecast = useForecast();
  const [isEditing, setEditing] = useState(false);
  const units = minorUnits(currency);
  const { amountMinor, weightedMinor, from } = renewal.forecast;
  const text = amountMinor === null ? '' : String(amountMinor / units);
  if (!isOpen(renewal)) return <span className={classes.dim}>–</span>;
  const shown = (
    <span
      className="tabular"
      title={
        weightedMinor === null
          ? undefined
          : `Weighted ${formatMoney(weightedMinor, currency)}: ${forecastSource(renewal)}`
      }
    >
      {formatMoney(amountMinor, currency)}
    </span>
  );
  if (!editable || from === 'leaving') return shown;
  if (!isEditing) {
    return (
      <UnstyledButton
        className={classes.edit}
        aria-label={`Forecast amount of ${name}: ${formatMoney(amountMinor, currency)}`}
        onClick={() => setEditing(true)}
      >
        <IconPencil size={12} className={classes.pencil} aria-hidden />
        {shown}
      </UnstyledButton>
    );
  }
  const save = (typedText: string) => {
    const typed = typedText === '' ? null : Math.round(Number(typedText) * units);
    if (typed === amountMinor) return;
    forecast.mutate({
      renewal,
      change: { amountMinor: typed },
      said: `${name}: forecast ${typed === null ? 'at the amount due' : formatMoney(typed, currency)}`,
    });
  };
  return (
    <InlineInput
      label={`Forecast amount of ${name}`}
      type="number"
      text={text}
      width={108}
      alignRight
      problemOf={(typed) => (Number(typed) >= 0 ? null : 'Give an amount of 0 or more')}
      onSave={save}
      onLeave={() => setEditing(false)}
    />
  );
}
