import { type LinkProps, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { keptFilters } from '../../components/report/report-keys.js';
import frame from '../../components/ui/frame.module.css';
import { PageHeader } from '../../components/ui/page-header.js';
import { SearchTabs } from '../../components/ui/search-tabs.js';
import classes from './definitions-frame.module.css';

interface DefinitionsFrameProps {
  /** “Tiers”. */
  title: string;
  /** Where its figures are. */
  figures: LinkProps['to'];
  tabs: readonly { key: string; label: string }[];
  definitions: LinkProps['to'];
  children: ReactNode;
}

/** The frame of definitions: they stand beside the figures of what they define. */
export function DefinitionsFrame({ title, figures, tabs, definitions, children }: DefinitionsFrameProps) {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  return (
    <div className={frame.page}>
      <PageHeader title={title} />
      <SearchTabs
        label={title}
        to={figures}
        tabs={tabs}
        current="definitions"
        kept={keptFilters(search)}
        others={[{ to: definitions, label: 'Definitions' }]}
      />
      <div className={classes.scroll}>{children}</div>
    </div>
  );
}
