import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMe } from '../../lib/me.js';
import { type GoalSearch, openOf, openText, questionOfSearch } from './goal-filters.js';

const route = getRouteApi('/shell/goals');

/** What the address of the goals' pages says, and the ways to change it. */
export function useGoalSearch() {
  const search: GoalSearch = route.useSearch();
  const navigate = useNavigate();
  const { user } = useMe();
  const set = (change: GoalSearch) =>
    void navigate({ to: '.', search: (now: GoalSearch) => ({ ...now, ...change }), replace: true });
  return {
    search,
    question: questionOfSearch(search, user.role),
    set,
    open: openOf(search.goal),
    setOpen: (goal: { accountId: string; id: string } | null) => set({ goal: goal ? openText(goal) : undefined }),
  };
}
