/** The tabs of the goals' pages; `isGoals`: they show goals, with their filters. */
export const GOAL_TABS = [
  { to: '/goals', label: 'Board', title: 'Goals', isGoals: true },
  { to: '/goals/list', label: 'List', title: 'Goals', isGoals: true },
  { to: '/goals/calendar', label: 'Calendar', title: 'Goals', isGoals: true },
  { to: '/goals/tasks', label: 'Tasks', title: 'Tasks', isGoals: false },
  { to: '/goals/playbooks', label: 'Playbooks', title: 'Playbooks', isGoals: false },
] as const;

export const tabOf = (pathname: string): (typeof GOAL_TABS)[number] =>
  GOAL_TABS.find(({ to }) => to === pathname.replace(/\/$/, '')) ?? GOAL_TABS[0];
