import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useMe } from '../../lib/me.js';
import { type ReportQuestion, type ReportSearch, reportQuestion } from './report-search.js';

interface ReportSearchState {
  search: ReportSearch & Record<string, string | undefined>;
  question: ReportQuestion;
  /** Changes what the address says; the page stays. */
  set: (change: Record<string, string | undefined>) => void;
}

/** The filters of the page in the address, and what they ask of the server. */
export function useReportSearch(): ReportSearchState {
  const search = useSearch({ strict: false }) as ReportSearchState['search'];
  const navigate = useNavigate();
  const { today } = useMe().workspace;
  const question = useMemo(() => reportQuestion(search, today), [search, today]);
  const set = (change: Record<string, string | undefined>) =>
    void navigate({ to: '.', search: (now: object) => ({ ...now, ...change }), replace: true } as never);
  return { search, question, set };
}
