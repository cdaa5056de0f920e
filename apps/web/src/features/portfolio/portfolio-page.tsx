import { SegmentedControl } from '@mantine/core';
import type { OwnerRole } from '@steward/shared/portfolio';
import { ReportFilterBar, type ReportFilterName } from '../../components/report/report-filter-bar.js';
import { ReportPage } from '../../components/report/report-page.js';
import type { ReportQuestion } from '../../components/report/report-search.js';
import { useReportSearch } from '../../components/report/use-report-search.js';
import { ScheduleButton } from '../../components/report-schedule/schedule-button.js';
import { SearchTabs } from '../../components/ui/search-tabs.js';
import { BandsTab } from './bands-tab.js';
import { ChurnTab } from './churn-tab.js';
import { OwnersTab } from './owners-tab.js';
import { PlaysTab } from './plays-tab.js';
import { keptOf, PORTFOLIO_TABS, type PortfolioTab, roleOf, type TabProps, tabOf } from './portfolio-question.js';
import { RenewalsTab } from './renewals-tab.js';
import { RevenueTab } from './revenue-tab.js';

/** The filters that a part has a use for: then or now only where it tells things apart. */
function filtersOf(tab: PortfolioTab, { tier, tierMode, owner, ownerMode }: ReportQuestion): ReportFilterName[] {
  const grouped = tab === 'owners' || tab === 'revenue';
  const byTier = grouped || tier !== undefined || tierMode === 'now';
  const byOwner = grouped || owner !== undefined || ownerMode === 'then';
  return [
    ...(tab === 'bands' ? [] : (['period'] as const)),
    ...(tab === 'revenue' || tab === 'churn' ? (['compare'] as const) : []),
    'tier',
    'segment',
    'owner',
    'region',
    'product',
    ...(byTier ? (['tierMode'] as const) : []),
    ...(byOwner ? (['ownerMode'] as const) : []),
    'asOf',
  ];
}

/** “Owners, account managers”: what a printed page is called. */
function partOf(tab: PortfolioTab, role: OwnerRole): string {
  const label = PORTFOLIO_TABS.find(({ key }) => key === tab)?.label ?? '';
  return tab === 'owners' ? `${label}, ${role === 'am' ? 'account managers' : 'CSMs'}` : label;
}

const TAB_BODIES: Record<PortfolioTab, (props: TabProps) => React.ReactNode> = {
  owners: OwnersTab,
  bands: BandsTab,
  renewals: RenewalsTab,
  churn: ChurnTab,
  revenue: RevenueTab,
  plays: PlaysTab,
};

/** What managers see of owners and their books. All of it stands in the address. */
export function PortfolioPage() {
  const { search, question, set } = useReportSearch();
  const tab = tabOf(search.tab);
  const role = roleOf(search.role);
  const Body = TAB_BODIES[tab];
  return (
    <ReportPage
      title="Portfolio"
      part={partOf(tab, role)}
      question={question}
      withoutPeriod={tab === 'bands'}
      actions={
        <ScheduleButton
          what={`The portfolio by ${role === 'am' ? 'account manager' : 'CSM'}${question.tier ? `, ${question.tier.join(', ')}` : ''}${question.segment ? ', of the chosen segment' : ''}`}
          name="Portfolio"
          content={{ kind: 'portfolio', role, tier: question.tier ?? [], segment: question.segment ?? null }}
        />
      }
      tabs={
        <SearchTabs
          label="Parts of the portfolio"
          to="/portfolio"
          tabs={PORTFOLIO_TABS}
          current={tab}
          kept={keptOf(search)}
        />
      }
      filters={
        <ReportFilterBar question={question} shows={filtersOf(tab, question)} onChange={set}>
          {tab === 'owners' ? (
            <SegmentedControl
              aria-label="Whose book an account is"
              data={[
                { value: 'csm', label: 'CSMs' },
                { value: 'am', label: 'Account managers' },
              ]}
              value={role}
              onChange={(next) => set({ role: next === 'am' ? next : undefined })}
            />
          ) : null}
        </ReportFilterBar>
      }
    >
      <Body key={tab} question={question} role={role} search={search} set={set} />
    </ReportPage>
  );
}
