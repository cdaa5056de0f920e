import '@mantine/dates/styles.css';
import { DateInput, type DateInputProps } from '@mantine/dates';
import type { IsoDay } from '@steward/shared/common';
import { IconCalendar } from '@tabler/icons-react';
import { formatDay, parseDay } from '../../lib/days.js';
import { CALENDAR } from './calendar.js';

type Shown = 'label' | 'description' | 'required' | 'w' | 'aria-label' | 'error' | 'onBlur' | 'onFocus';

interface DayInputProps extends Pick<DateInputProps, Shown> {
  value: IsoDay | null;
  onChange: (day: IsoDay | null) => void;
  min?: IsoDay;
  max?: IsoDay;
  /** False within a popover, which a click on a calendar outside it would close. */
  inPortal?: boolean;
}

/** A day, typed as 15 Apr 2026 or 2026-04-15 or picked; written as everywhere, whatever the browser's language is. */
export function DayInput({ value, onChange, min, max, inPortal = true, required = false, ...rest }: DayInputProps) {
  return (
    <DateInput
      {...CALENDAR}
      {...rest}
      value={value}
      onChange={(day) => onChange(day)}
      minDate={min}
      maxDate={max}
      valueFormat={formatDay}
      dateParser={parseDay}
      placeholder="Choose a day"
      required={required}
      allowDeselect={!required}
      rightSection={<IconCalendar size={14} aria-hidden />}
      rightSectionPointerEvents="none"
      popoverProps={{ withinPortal: inPortal, position: 'bottom-start', shadow: 'md' }}
    />
  );
}
