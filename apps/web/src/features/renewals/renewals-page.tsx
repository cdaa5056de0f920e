import { SegmentedControl, Select, Skeleton } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { BANDS } from '@steward/shared/common';
import { FORECAST_CATEGORIES, RENEWAL_STATES } from '@steward/shared/renewals';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useRef } from 'react';
import { renewalListQuery } from '../../components/renewal/get-renewals.js';
import { CATEGORY_WORDS, STATE_WORDS } from '../../components/renewal/renewal-words.js';
import { ScheduleButton } from '../../components/report-schedule/schedule-button.js';
import { Choice, PersonChoice, SearchInput } from '../../components/sales/filter-inputs.js';
import { Pager } from '../../components/sales/pager.js';
import classes from '../../components/sales/sales.module.css';
import { SalesHeader } from '../../components/sales/sales-header.js';
import { BAND_WORDS } from '../../components/ui/band.js';
import frame from '../../components/ui/frame.module.css';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { useMe } from '../../lib/me.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { DaysFilter } from './days-filter.js';
import { NoRenewals } from './no-renewals.js';
import {
  filtersSet,
  NO_FILTERS,
  questionOfSearch,
  type RenewalScope,
  type RenewalsSearch,
  ROWS_AT_ONCE,
  SCOPE_WORDS,
  usualScope,
} from './renewal-filters.js';
import { RenewalTable } from './renewal-table.js';
import { RenewalTotalsLine } from './renewal-totals-line.js';

// The chart's code is fetched while the rows are, not after them.
const loadOverview = () => import('./renewal-overview.js').then((module) => ({ default: module.RenewalOverview }));
const RenewalOverview = lazy(loadOverview);
loadOverview().catch(() => undefined);

const route = getRouteApi('/shell/renewals');
const optionsOf = <K extends string>(values: readonly K[], words: Record<K, string>) =>
  values.map((value) => ({ value, label: words[value] }));

/** Renewals by month, forecast in place, with what became of them. All of it stands in the address. */
export function RenewalsPage() {
  useDocumentTitle('Renewals · Steward');
  const search = route.useSearch();
  const navigate = useNavigate();
  const { user, permissions } = useMe();
  const question = questionOfSearch(search, user.role);
  const { data, error, isPlaceholderData, refetch } = useQuery(renewalListQuery(question));
  const tiers = fieldOf(useCatalogue(), 'tier')?.options ?? [];
  const searchRef = useRef<HTMLInputElement>(null);
  const set = (change: RenewalsSearch) =>
    void navigate({ to: '/renewals', search: (now) => ({ ...now, page: undefined, ...change }), replace: true });
  useShortcuts({ '/': () => searchRef.current?.focus() });

  const rows = data?.rows ?? [];
  const filters = filtersSet(question);
  const scopes = (Object.keys(SCOPE_WORDS) as RenewalScope[]).filter((each) => each !== 'team' || user.role !== 'csm');
  return (
    <div className={frame.page}>
      <SalesHeader
        title="Renewals"
        aside={data ? <RenewalTotalsLine totals={data.totals} /> : null}
        actions={
          permissions.includes('reports:read') ? (
            <ScheduleButton
              what={`Renewals of the next months${search.tier ? `, ${search.tier}` : ''}`}
              name="Renewals"
              content={{ kind: 'renewals', tier: search.tier?.split(',') ?? [], segment: null }}
            />
          ) : null
        }
      />
      <search className={frame.filters} aria-label="Filter renewals">
        <SegmentedControl
          aria-label="Whose renewals"
          data={scopes.map((scope) => ({ value: scope, label: SCOPE_WORDS[scope] }))}
          value={question.scope}
          onChange={(scope) => set({ scope: scope === usualScope(user.role) ? undefined : scope })}
        />
        <SearchInput
          label="Search account"
          text={search.text ?? ''}
          inputRef={searchRef}
          onChange={(text) => set({ text })}
        />
        <DaysFilter question={question} today={data?.asOf} onChange={(days) => set(days)} />
        <Choice
          label="Forecast"
          width={128}
          options={optionsOf(FORECAST_CATEGORIES, CATEGORY_WORDS)}
          value={question.category}
          onChange={(category) => set({ category })}
        />
        <Choice
          label="State"
          width={112}
          options={optionsOf(RENEWAL_STATES, STATE_WORDS)}
          value={question.state}
          onChange={(state) => set({ state })}
        />
        <Choice
          label="Band"
          width={110}
          options={optionsOf(BANDS, BAND_WORDS)}
          value={question.band}
          onChange={(band) => set({ band })}
        />
        <Choice label="Tier" width={110} options={tiers} value={question.tier} onChange={(tier) => set({ tier })} />
        <PersonChoice label="Owner" value={question.owner} onChange={(owner) => set({ owner })} />
        <Select
          aria-label="What is missing"
          placeholder="Missing: any"
          w={140}
          clearable
          data={[
            { value: 'forecast', label: 'Without a forecast' },
            { value: 'touch', label: 'Without a touch' },
          ]}
          value={question.missing ?? null}
          onChange={(missing) => set({ missing: missing ?? undefined })}
        />
      </search>
      <div className={classes.body}>
        <div className={classes.list} aria-busy={isPlaceholderData}>
          {error ? <LoadFailed title="Renewals could not be loaded" error={error} onRetry={refetch} /> : null}
          {data || error ? null : <Skeleton h={420} m="lg" w="auto" />}
          {data && (rows.length > 0 || data.totals.knownChurn.length > 0) ? (
            <Suspense fallback={<Skeleton h={222} mx="lg" my={12} w="auto" />}>
              <RenewalOverview totals={data.totals} onOpen={(change) => set({ ...NO_FILTERS, ...change })} />
            </Suspense>
          ) : null}
          {data && rows.length === 0 ? (
            <NoRenewals
              scope={question.scope}
              filters={filters}
              onClear={() => set(NO_FILTERS)}
              onAll={() => set({ scope: 'all' })}
            />
          ) : null}
          {rows.length > 0 && data ? (
            <RenewalTable rows={rows} months={data.totals.byMonth} editable={permissions.includes('renewals:write')} />
          ) : null}
          {data ? (
            <Pager
              offset={question.offset ?? 0}
              shown={rows.length}
              total={data.totals.renewals}
              atOnce={ROWS_AT_ONCE}
              onMove={(page) => set({ page })}
            />
          ) : null}
        </div>
      </div>
    </div>
  );
}
