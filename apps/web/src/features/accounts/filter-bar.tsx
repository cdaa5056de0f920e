import { Button, Group, NumberInput, Stack, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { CatalogueField } from '@steward/shared/catalogue';
import type { AccountStatus, Band } from '@steward/shared/common';
import { describeRule } from '@steward/shared/describe';
import { describePart, partsText } from '@steward/shared/report-parts';
import { IconSearch, IconX } from '@tabler/icons-react';
import { lazy, type RefObject, Suspense, useEffect, useState } from 'react';
import { ruleText } from '../../components/rule-builder/rule-text.js';
import { BAND_ORDER, BAND_WORDS, BandShape } from '../../components/ui/band.js';
import { fieldOf, optionLabel, usePlaybookNames } from '../../lib/catalogue.js';
import { formatDay } from '../../lib/days.js';
import { formatMoneyCompact, minorUnits } from '../../lib/format.js';
import { ownersOfMine, useMe } from '../../lib/me.js';
import { useSegments } from '../../lib/segments.js';
import { FilterPill } from './filter-pill.js';
import classes from './filter-pill.module.css';
import { type AccountFilters, isFiltered, NO_FILTERS } from './filters.js';
import { OptionList } from './option-list.js';

const ConditionEditor = lazy(() =>
  import('../../components/rule-builder/condition-editor.js').then((module) => ({ default: module.ConditionEditor })),
);
const FilterRuleDialog = lazy(() =>
  import('./filter-rule-dialog.js').then((module) => ({ default: module.FilterRuleDialog })),
);

interface FilterBarProps {
  filters: AccountFilters;
  catalogue: readonly CatalogueField[];
  currency: string;
  searchRef: RefObject<HTMLInputElement | null>;
  onChange: (filters: AccountFilters) => void;
}

const RENEWALS = [30, 60, 90, 180, 365] as const;
const ISO_DAY = /\d{4}-\d{2}-\d{2}/g;
const words = (list: readonly string[]): string | null => (list.length === 0 ? null : list.join(', '));

export function FilterBar({ filters, catalogue, currency, searchRef, onChange }: FilterBarProps) {
  const set = (change: Partial<AccountFilters>) => onChange({ ...filters, ...change });
  const me = useMe();
  const mayOwn = me.user.role !== 'viewer';
  const mine = ownersOfMine(me);
  const isMine = mine.every((owner) => filters.owners.includes(owner));
  const segments = useSegments();
  const playbooks = usePlaybookNames();
  const [isRuleOpen, setRuleOpen] = useState(false);
  const options = (key: string) => fieldOf(catalogue, key)?.options ?? [];
  const ownerOptions = [{ value: 'me', label: 'Me' }, { value: 'none', label: 'Nobody' }, ...options('account.csm')];
  const partNames = {
    stage: (key: string) => optionLabel(catalogue, 'stage', key),
    person: (id: string) => optionLabel(catalogue, 'account.csm', id),
  };
  const labelled = (key: string, values: readonly string[]) =>
    words(values.map((value) => optionLabel(catalogue, key, value)));

  return (
    <Group gap={6} px="lg" py={8} role="search" aria-label="Filter accounts">
      <SearchInput text={filters.text} inputRef={searchRef} onChange={(text) => set({ text })} />
      {mayOwn ? (
        <UnstyledButton
          className={classes.toggle}
          aria-pressed={isMine}
          title={
            me.standsInFor.length === 0
              ? 'Accounts that you look after, as CSM or account manager'
              : `Accounts that you look after, and those of ${me.standsInFor.map(({ name }) => name).join(' and ')}, for whom you stand in`
          }
          onClick={() => set({ owners: isMine ? filters.owners.filter((owner) => !mine.includes(owner)) : mine })}
        >
          Mine
        </UnstyledButton>
      ) : null}
      <FilterPill
        label="Band"
        value={words(filters.bands.map((band) => BAND_WORDS[band]))}
        onClear={() => set({ bands: [] })}
      >
        {() => (
          <OptionList
            label="Band"
            chosen={filters.bands}
            options={BAND_ORDER.map((band) => ({
              value: band,
              label: BAND_WORDS[band],
              icon: <BandShape band={band} />,
            }))}
            onChange={(bands) => set({ bands: bands as Band[] })}
          />
        )}
      </FilterPill>
      <FilterPill label="Tier" value={labelled('tier', filters.tiers)} onClear={() => set({ tiers: [] })}>
        {() => (
          <OptionList
            label="Tier"
            chosen={filters.tiers}
            options={options('tier')}
            onChange={(tiers) => set({ tiers })}
          />
        )}
      </FilterPill>
      <FilterPill label="Stage" value={labelled('stage', filters.stages)} onClear={() => set({ stages: [] })}>
        {() => (
          <OptionList
            label="Stage"
            chosen={filters.stages}
            options={options('stage')}
            onChange={(stages) => set({ stages })}
          />
        )}
      </FilterPill>
      <FilterPill
        label="Owner"
        value={words(filters.owners.map((id) => ownerOptions.find((each) => each.value === id)?.label ?? 'Someone'))}
        onClear={() => set({ owners: [] })}
      >
        {() => (
          <OptionList
            label="Owner"
            chosen={filters.owners}
            options={ownerOptions}
            onChange={(owners) => set({ owners })}
          />
        )}
      </FilterPill>
      <FilterPill label="ARR" value={arrWords(filters, currency)} onClear={() => set({ arrFrom: null, arrTo: null })}>
        {() => <ArrRange filters={filters} currency={currency} onChange={set} />}
      </FilterPill>
      <FilterPill label="Renewal" value={renewalWords(filters.renewal)} onClear={() => set({ renewal: null })}>
        {(close) => (
          <RenewalChoice
            renewal={filters.renewal}
            onChange={(renewal) => {
              set({ renewal });
              close();
            }}
          />
        )}
      </FilterPill>
      <FilterPill
        label="Status"
        value={labelled('account.status', filters.statuses)}
        onClear={() => set({ statuses: [] })}
      >
        {() => (
          <OptionList
            label="Status"
            chosen={filters.statuses}
            options={options('account.status')}
            onChange={(statuses) => set({ statuses: statuses as AccountStatus[] })}
          />
        )}
      </FilterPill>
      {filters.more.map((leaf, index) => (
        <FilterPill
          key={ruleText(leaf)}
          label="Where"
          value={describeRule(leaf, catalogue, segments, playbooks)}
          onClear={() => set({ more: filters.more.filter((_, at) => at !== index) })}
        >
          {(close) => (
            <Suspense fallback={null}>
              <ConditionEditor
                catalogue={catalogue}
                segments={segments}
                rule={leaf}
                onDone={(next) => {
                  set({ more: filters.more.map((each, at) => (at === index ? next : each)) });
                  close();
                }}
              />
            </Suspense>
          )}
        </FilterPill>
      ))}
      {filters.parts.map((part, index) => (
        <PartPill
          key={partsText([part])}
          words={describePart(part, partNames).replaceAll(ISO_DAY, formatDay)}
          onClear={() => set({ parts: filters.parts.filter((_, at) => at !== index) })}
        />
      ))}
      <FilterPill label="More" value={null} onClear={() => {}}>
        {(close) => (
          <Suspense fallback={null}>
            <ConditionEditor
              catalogue={catalogue}
              segments={segments}
              onDone={(next) => {
                set({ more: [...filters.more, next] });
                close();
              }}
            />
          </Suspense>
        )}
      </FilterPill>
      <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setRuleOpen(true)}>
        Edit as rule
      </Button>
      {isRuleOpen ? (
        <Suspense fallback={null}>
          <FilterRuleDialog
            filters={filters}
            catalogue={catalogue}
            segments={segments}
            onApply={onChange}
            onClose={() => setRuleOpen(false)}
          />
        </Suspense>
      ) : null}
      {isFiltered(filters) ? (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => onChange(NO_FILTERS)}>
          Clear all
        </Button>
      ) : null}
    </Group>
  );
}

/** What a figure asks of its accounts: it can be taken away, but not changed. */
function PartPill({ words, onClear }: { words: string; onClear: () => void }) {
  return (
    <span className={classes.pill} data-active="">
      <span className={classes.main}>
        <span>Report:</span>
        <span className={classes.value} title={words}>
          {words}
        </span>
      </span>
      <UnstyledButton className={classes.clear} onClick={onClear} aria-label={`Clear the filter Report: ${words}`}>
        <IconX size={12} aria-hidden />
      </UnstyledButton>
    </span>
  );
}

interface SearchInputProps {
  text: string;
  inputRef: RefObject<HTMLInputElement | null>;
  onChange: (text: string) => void;
}

/** Typing is answered at once on screen and asked of the server when it pauses. */
function SearchInput({ text, inputRef, onChange }: SearchInputProps) {
  const [typed, setTyped] = useState(text);
  const send = useDebouncedCallback(onChange, 200);
  useEffect(() => setTyped(text), [text]);
  return (
    <TextInput
      ref={inputRef}
      w={210}
      aria-label="Search by name, id or domain"
      placeholder="Name, id or domain"
      leftSection={<IconSearch size={14} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        send(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}

function ArrRange({ filters, currency, onChange }: ArrRangeProps) {
  const commit = (key: 'arrFrom' | 'arrTo') => (value: string | number) =>
    onChange({ [key]: value === '' ? null : Number(value) });
  const common = { min: 0, thousandSeparator: ',', suffix: ` ${currency}`, w: 150, step: 1000 } as const;
  return (
    <Group gap="xs" wrap="nowrap">
      <NumberInput label="From" data-autofocus value={filters.arrFrom ?? ''} onChange={commit('arrFrom')} {...common} />
      <NumberInput label="To" value={filters.arrTo ?? ''} onChange={commit('arrTo')} {...common} />
    </Group>
  );
}

interface ArrRangeProps {
  filters: AccountFilters;
  currency: string;
  onChange: (change: Partial<AccountFilters>) => void;
}

function RenewalChoice({ renewal, onChange }: RenewalChoiceProps) {
  const [custom, setCustom] = useState<string | number>(typeof renewal === 'number' ? renewal : '');
  return (
    <Stack gap={4} w={200}>
      {RENEWALS.map((days) => (
        <Button
          key={days}
          variant={renewal === days ? 'light' : 'subtle'}
          color="gray"
          justify="flex-start"
          onClick={() => onChange(days)}
        >
          In the next {days} days
        </Button>
      ))}
      <Button
        variant={renewal === 'overdue' ? 'light' : 'subtle'}
        color="gray"
        justify="flex-start"
        onClick={() => onChange('overdue')}
      >
        Overdue
      </Button>
      <Group gap={6} wrap="nowrap" align="flex-end" mt={4}>
        <NumberInput
          label="Other number of days"
          flex={1}
          miw={0}
          min={0}
          max={3660}
          value={custom}
          onChange={setCustom}
        />
        <Button variant="default" flex="none" disabled={custom === ''} onClick={() => onChange(Number(custom))}>
          Set
        </Button>
      </Group>
    </Stack>
  );
}

interface RenewalChoiceProps {
  renewal: AccountFilters['renewal'];
  onChange: (renewal: AccountFilters['renewal']) => void;
}

function renewalWords(renewal: AccountFilters['renewal']): string | null {
  if (renewal === null) return null;
  return renewal === 'overdue' ? 'overdue' : `next ${renewal} days`;
}

function arrWords({ arrFrom, arrTo }: AccountFilters, currency: string): string | null {
  const money = (major: number) => formatMoneyCompact(major * minorUnits(currency), currency);
  if (arrFrom !== null && arrTo !== null) return `${money(arrFrom)} to ${money(arrTo)}`;
  if (arrFrom !== null) return `≥ ${money(arrFrom)}`;
  return arrTo === null ? null : `≤ ${money(arrTo)}`;
}
