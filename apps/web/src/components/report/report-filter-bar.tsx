import '@mantine/dates/styles.css';
import { Button, Group, Popover, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { MonthPicker } from '@mantine/dates';
import { useDisclosure } from '@mantine/hooks';
import { type Comparison, NO_TIER, type ReportMode } from '@steward/shared/report-filters';
import { IconCalendarMonth } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { monthWords } from '../renewal/renewal-words.js';
import { Choice } from '../sales/filter-inputs.js';
import { AsOfPicker } from '../ui/as-of-picker.js';
import { reportOptionsQuery } from './get-report.js';
import { monthOfDay, monthsIn } from './months.js';
import classes from './report.module.css';
import {
  filtersSet,
  NO_REPORT_FILTERS,
  type ReportQuestion,
  type ReportSearch,
  usualPeriods,
} from './report-search.js';

export type ReportFilterName =
  | 'period'
  | 'compare'
  | 'tier'
  | 'segment'
  | 'owner'
  | 'region'
  | 'product'
  | 'tierMode'
  | 'ownerMode'
  | 'asOf';

interface ReportFilterBarProps {
  question: ReportQuestion;
  /** Those that the page has a use for. */
  shows: readonly ReportFilterName[];
  onChange: (change: ReportSearch) => void;
  /** More of the page's own. */
  children?: React.ReactNode;
}

const COMPARE_WORDS: Record<Comparison, string> = {
  before: 'vs months before',
  yearBefore: 'vs year before',
};
const TIER_MODES: { value: ReportMode; label: string }[] = [
  { value: 'then', label: 'Tier then' },
  { value: 'now', label: 'Tier now' },
];
const OWNER_MODES: { value: ReportMode; label: string }[] = [
  { value: 'now', label: 'Owner now' },
  { value: 'then', label: 'Owner then' },
];
const optionsOf = <K extends string>(words: Record<K, string>) =>
  Object.entries<string>(words).map(([value, label]) => ({ value, label }));

/** The filters of managers' pages. All of them stand in the address. */
export function ReportFilterBar({ question, shows, onChange, children }: ReportFilterBarProps) {
  const { data } = useQuery(reportOptionsQuery);
  const shown = (name: ReportFilterName): boolean => shows.includes(name);
  const one = (name: 'segment' | 'owner' | 'region' | 'product', label: string, data: Option[], width: number) => (
    <OneOf
      label={label}
      data={data}
      width={width}
      value={question[name]}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
  const people = (data?.owners ?? []).map(({ id, name, accounts }) => ({ value: id, label: `${name} (${accounts})` }));
  const valued = (values: readonly { value: string; accounts: number }[] = []) =>
    values.map(({ value, accounts }) => ({ value, label: `${value} (${accounts})` }));
  return (
    <search className={classes.filters} aria-label="Filter this page">
      {shown('period') ? <PeriodChooser question={question} onChange={onChange} /> : null}
      {shown('compare') ? (
        <Select
          aria-label="Compare"
          placeholder="Compare: no"
          w={152}
          clearable
          data={optionsOf(COMPARE_WORDS)}
          value={question.compare ?? null}
          onChange={(compare) => onChange({ compare: compare ?? undefined })}
        />
      ) : null}
      {shown('tier') ? (
        <Choice
          label="Tier"
          width={92}
          options={[
            ...(data?.tiers ?? []).map(({ key, label }) => ({ value: key, label })),
            { value: NO_TIER, label: 'Without a tier' },
          ]}
          value={question.tier?.join(',')}
          onChange={(tier) => onChange({ tier })}
        />
      ) : null}
      {shown('segment')
        ? one(
            'segment',
            'Segment',
            (data?.segments ?? []).map(({ id, name }) => ({ value: id, label: name })),
            150,
          )
        : null}
      {shown('segment') && question.segment !== undefined ? (
        <Text size="xs" c="var(--text-dim)">
          its members of today
        </Text>
      ) : null}
      {shown('owner') ? one('owner', 'Owner', people, 130) : null}
      {shown('region') ? one('region', 'Region', valued(data?.regions), 110) : null}
      {shown('product') ? one('product', 'Product', valued(data?.products), 114) : null}
      {shown('tierMode') ? (
        <SegmentedControl
          aria-label="Accounts stand under the tier that they had, or that they have today"
          data={TIER_MODES}
          value={question.tierMode}
          onChange={(tierMode) => onChange({ tierMode: tierMode === 'then' ? undefined : tierMode })}
        />
      ) : null}
      {shown('ownerMode') ? (
        <SegmentedControl
          aria-label="Accounts stand under the owner whom they have today, or had"
          data={OWNER_MODES}
          value={question.ownerMode}
          onChange={(ownerMode) => onChange({ ownerMode: ownerMode === 'now' ? undefined : ownerMode })}
        />
      ) : null}
      {children}
      {filtersSet(question) > 0 ? (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => onChange(NO_REPORT_FILTERS)}>
          Clear filters
        </Button>
      ) : null}
      {shown('asOf') ? (
        <div className={classes.filtersEnd}>
          <AsOfPicker />
        </div>
      ) : null}
    </search>
  );
}

interface Option {
  value: string;
  label: string;
}

interface OneOfProps {
  label: string;
  data: Option[];
  width: number;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** What stands in the address stays chosen, also where the list does not hold it. */
function OneOf({ label, data, width, value, onChange }: OneOfProps) {
  const known = value === undefined || data.some((each) => each.value === value);
  return (
    <Select
      aria-label={label}
      placeholder={`${label}: any`}
      w={value === undefined ? width : width + 50}
      searchable
      clearable
      nothingFoundMessage="Nothing like that"
      data={known ? data : [{ value: value ?? '', label: 'Chosen, not listed' }, ...data]}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

const SHORT = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const short = (month: string): string => SHORT.format(new Date(`${month}-01T00:00:00Z`)).replace('Sept', 'Sep');

function PeriodChooser({ question, onChange }: Pick<ReportFilterBarProps, 'question' | 'onChange'>) {
  const { today } = useMe().workspace;
  const newest = monthOfDay(question.asOf ?? today);
  const [opened, { close, toggle }] = useDisclosure(false);
  const [range, setRange] = useState<[string | null, string | null] | null>(null);
  const { from, to } = question;
  const usual = usualPeriods(newest);
  const choose = (period: { from: string; to: string }) => {
    close();
    setRange(null);
    const isUsual = period.to === newest && monthsIn(period.from, period.to) === 12;
    onChange({ from: isUsual ? undefined : period.from, to: period.to === newest ? undefined : period.to });
  };
  const named = usual.find((each) => each.from === from && each.to === to)?.label ?? `${short(from)} – ${short(to)}`;
  const pick = ([first, last]: [string | null, string | null]) => {
    if (first && last) choose({ from: monthOfDay(first), to: monthOfDay(last) });
    else setRange([first, last]);
  };
  return (
    <Popover
      opened={opened}
      onChange={(next) => {
        if (next) return;
        setRange(null);
        close();
      }}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconCalendarMonth size={14} aria-hidden />}
          onClick={toggle}
          aria-label={`Period ${monthWords(from)} to ${monthWords(to)}: choose another`}
        >
          {named}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <Group align="flex-start" gap="md" wrap="nowrap">
          <Stack gap={2}>
            {usual.map((period) => (
              <Button
                key={period.label}
                variant={period.from === from && period.to === to ? 'light' : 'subtle'}
                color="gray"
                justify="flex-start"
                onClick={() => choose(period)}
              >
                {period.label}
              </Button>
            ))}
          </Stack>
          <Stack gap="xs">
            <Text size="xs" c="dimmed">
              {range?.[0]
                ? 'And the last month'
                : `Or from month to month (now ${plural(monthsIn(from, to), 'month')})`}
            </Text>
            <MonthPicker
              type="range"
              size="xs"
              allowSingleDateInRange
              aria-label="Months of the period"
              value={range ?? [`${from}-01`, `${to}-01`]}
              defaultDate={`${to}-01`}
              maxDate={`${newest}-28`}
              onChange={(next) => pick(next as [string | null, string | null])}
            />
          </Stack>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
