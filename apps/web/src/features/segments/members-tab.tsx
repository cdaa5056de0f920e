import { Button } from '@mantine/core';
import type { AccountRow } from '@steward/shared/accounts';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { type AccountSelection, NOTHING_SELECTED } from '../../components/account-grid/account-selection.js';
import { type AccountQuestion, useAccountCount } from '../../components/account-grid/count-accounts.js';
import { CountTotals } from '../../components/account-grid/count-totals.js';
import { GridSkeleton } from '../../components/account-grid/grid-skeleton.js';
import { PeekDrawer } from '../../components/account-grid/peek-drawer.js';
import { DEFAULT_SORT, type SortEntry, sortFromText, sortText } from '../../components/account-grid/sort.js';
import { useGridContext } from '../../components/account-grid/use-grid-context.js';
import type { SelectionHandles } from '../../components/account-grid/use-matching-selection.js';
import { WhyMember } from '../../components/segment/why-member.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import frame from '../../components/ui/frame.module.css';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { ExcludeDialog } from './exclude-dialog.js';
import type { SegmentDetail } from './get-segment.js';
import { memberLayout } from './member-columns.js';
import classes from './segment-page.module.css';

const AccountsGrid = lazy(() =>
  import('../../components/account-grid/accounts-grid.js').then((module) => ({ default: module.AccountsGrid })),
);

const route = getRouteApi('/shell/segments/$segmentId');
const NO_NAMES: (fields: readonly string[]) => void = () => {};

/** The members in the same grid as everywhere, with the segment's columns and sort, and why each is one in the peek. */
export function MembersTab({ segment }: { segment: SegmentDetail }) {
  const { asOf, peek, sort: sortInAddress } = route.useSearch();
  const navigate = useNavigate();
  const { permissions } = useMe();
  const catalogue = useCatalogue();
  const context = useGridContext(asOf);
  const [layout, setLayout] = useState(() => memberLayout(segment.columns));
  const [selection, setSelection] = useState<AccountSelection>(NOTHING_SELECTED);
  const [ticks, setTicks] = useState<SelectionHandles | null>(null);
  const [excluding, setExcluding] = useState<readonly AccountRow[] | null>(null);

  const question = useMemo<AccountQuestion>(
    () => ({ rule: { kind: 'member', segment: segment.id, is: true }, text: '', asOf: asOf ?? null }),
    [segment.id, asOf],
  );
  const sort = useMemo(() => {
    const asked = sortFromText(sortInAddress);
    return asked.length > 0 ? asked : [...(segment.sort ?? DEFAULT_SORT)];
  }, [sortInAddress, segment.sort]);
  const count = useAccountCount(question);
  const total = count.isPlaceholderData ? null : (count.data?.accounts ?? null);
  const setPeek = useCallback(
    (id: string | null) =>
      void navigate({ to: '.', search: (now) => ({ ...now, peek: id ?? undefined }), replace: true }),
    [navigate],
  );
  const sortable = useCallback(
    (field: string) => catalogue.length === 0 || (fieldOf(catalogue, field)?.sortable ?? false),
    [catalogue],
  );
  useShortcuts({ escape: () => peek && setPeek(null) });
  const mayKeepOut = permissions.includes('segments:write') && asOf === undefined;
  const rows = selection.kind === 'rows' ? selection.rows : [];
  return (
    <>
      <div className={classes.bar}>
        <span role="status">
          <CountTotals count={count} />
        </span>
        {mayKeepOut && rows.length > 0 ? (
          <span className={classes.barAside}>
            {plural(rows.length, 'account')} selected
            <Button variant="default" size="compact-xs" onClick={() => setExcluding(rows)}>
              Keep out…
            </Button>
            <Button variant="subtle" color="gray" size="compact-xs" onClick={() => ticks?.clear()}>
              Clear
            </Button>
          </span>
        ) : null}
      </div>
      <div className={frame.gridBody}>
        <div className={frame.grid}>
          <Suspense fallback={<GridSkeleton />}>
            <AccountsGrid
              question={question}
              sort={sort}
              sortable={sortable}
              context={context}
              total={total}
              layout={layout}
              peek={peek ?? null}
              selection={selection}
              onReady={(_api, handles) => setTicks(handles)}
              onSort={(next: SortEntry[]) =>
                void navigate({ to: '.', search: (now) => ({ ...now, sort: sortText(next) }), replace: true })
              }
              onLayout={setLayout}
              onPeek={setPeek}
              onOpen={(id) => void navigate({ to: '/accounts/$accountId', params: { accountId: id } })}
              onSelect={setSelection}
              onNowOnly={NO_NAMES}
            />
          </Suspense>
          {total === 0 ? (
            <div className={frame.overGrid}>
              <EmptyState
                title={asOf ? 'Nobody was in it on that day' : 'Nobody is in it'}
                text="No account that you see meets its conditions, or those that do are kept out."
              />
            </div>
          ) : null}
        </div>
        {peek ? (
          <PeekDrawer id={peek} asOf={asOf} onClose={() => setPeek(null)}>
            {asOf === undefined ? (
              <section aria-label="Why it is a member">
                <h3 className={classes.peekTitle}>Why it is a member</h3>
                <WhyMember segment={segment} accountId={peek} />
              </section>
            ) : null}
          </PeekDrawer>
        ) : null}
      </div>
      {excluding ? (
        <ExcludeDialog
          segment={segment}
          accounts={excluding}
          onDone={() => ticks?.clear()}
          onClose={() => setExcluding(null)}
        />
      ) : null}
    </>
  );
}
