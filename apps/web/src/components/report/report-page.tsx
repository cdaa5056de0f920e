import { Button } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReportOptions, ReportState } from '@steward/shared/report-filters';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatDay, formatInstant } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { PageHeader } from '../ui/page-header.js';
import { reportOptionsQuery } from './get-report.js';
import classes from './report.module.css';
import type { ReportQuestion } from './report-search.js';
import { questionWords } from './report-words.js';

interface ReportPageProps {
  title: string;
  /** The part of it that is shown: a printed page, and the title of the window, name it. */
  part?: string;
  aside?: ReactNode;
  actions?: ReactNode;
  /** Pages of the same area. */
  tabs?: ReactNode;
  filters?: ReactNode;
  /** What is asked: a printed page says it in words. */
  question?: ReportQuestion;
  /** What stands in no month: its words leave the period out. */
  withoutPeriod?: boolean;
  /** How far the months are put down, from any answer of the page. */
  state?: ReportState;
  children: ReactNode;
}

/** The frame of managers' pages: title, tabs, filters, and how current the figures are; printed without what only serves the screen. */
export function ReportPage(props: ReportPageProps) {
  const { title, part, aside, actions, tabs, filters, question, withoutPeriod = false, state, children } = props;
  useDocumentTitle(`${part === undefined ? title : `${title}: ${part}`} · Steward`);
  const { workspace } = useMe();
  const { data } = useQuery(reportOptionsQuery);
  return (
    <div className={classes.page}>
      <PageHeader
        title={
          part === undefined ? (
            title
          ) : (
            <>
              {title}
              <span className={classes.paperOnly}> · {part}</span>
            </>
          )
        }
        aside={aside}
        actions={
          <span className={classes.pageTools}>
            {actions}
            {question ? (
              <Button
                variant="default"
                leftSection={<IconPrinter size={14} aria-hidden />}
                onClick={() => window.print()}
              >
                Print
              </Button>
            ) : null}
          </span>
        }
      />
      {tabs}
      {filters}
      {question ? (
        <p className={classes.paperHead}>
          {workspace.name} · {questionWords(question, data ?? NO_OPTIONS, withoutPeriod)} · as of{' '}
          {formatDay(question.asOf ?? workspace.today)}
        </p>
      ) : null}
      <div className={classes.scroll}>
        {state ? <ReportStateLine state={state} timeZone={workspace.timeZone} /> : null}
        {children}
      </div>
    </div>
  );
}

const NO_OPTIONS: ReportOptions = { tiers: [], segments: [], owners: [], regions: [], products: [] };

/** Only where something is missing: that months are being put down. */
function ReportStateLine({ state, timeZone }: { state: ReportState; timeZone: string }) {
  if (!state.preparing) return null;
  return (
    <div className={classes.state} role="status">
      {state.builtAt === null
        ? 'The months are being put down for the first time. Figures appear here as they come.'
        : `The months are being put down anew, because facts of the past have changed. What you see is of ${formatInstant(state.builtAt, timeZone)}.`}
    </div>
  );
}

/** A grid of cards; what is shown while the next answer is on its way is pale. */
export function ReportGrid({ stale = false, children }: { stale?: boolean; children: ReactNode }) {
  return (
    <div className={classes.grid} data-stale={stale || undefined} aria-busy={stale}>
      {children}
    </div>
  );
}
