import { ReportFilterBar, type ReportFilterName } from '../../components/report/report-filter-bar.js';
import { keptFilters } from '../../components/report/report-keys.js';
import { ReportPage } from '../../components/report/report-page.js';
import { useReportSearch } from '../../components/report/use-report-search.js';
import { SearchTabs } from '../../components/ui/search-tabs.js';
import { useMe } from '../../lib/me.js';
import { FlowTab } from './flow-tab.js';
import { LIFECYCLE_TABS, tabOf } from './lifecycle-question.js';
import { StuckTab } from './stuck-tab.js';

const WHOSE: readonly ReportFilterName[] = ['tier', 'segment', 'owner', 'region', 'product', 'tierMode', 'asOf'];

const DEFINITIONS = [{ to: '/lifecycle/definitions', label: 'Definitions' }] as const;

/** How accounts go through the stages. All of it stands in the address. */
export function LifecyclePage() {
  const { search, question, set } = useReportSearch();
  const tab = tabOf(search.tab);
  const mayRead = useMe().permissions.includes('model:read');
  return (
    <ReportPage
      title="Lifecycle"
      part={LIFECYCLE_TABS.find(({ key }) => key === tab)?.label}
      question={question}
      withoutPeriod={tab === 'stuck'}
      tabs={
        <SearchTabs
          label="Parts of the lifecycle"
          to="/lifecycle"
          tabs={LIFECYCLE_TABS}
          current={tab}
          kept={keptFilters(search)}
          others={mayRead ? DEFINITIONS : undefined}
        />
      }
      filters={
        <ReportFilterBar question={question} shows={tab === 'flow' ? ['period', ...WHOSE] : WHOSE} onChange={set} />
      }
    >
      {tab === 'stuck' ? (
        <StuckTab question={question} search={search} set={set} />
      ) : (
        <FlowTab question={question} set={set} />
      )}
    </ReportPage>
  );
}
