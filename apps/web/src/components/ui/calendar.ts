/** How every calendar looks: weeks begin on Monday, and its buttons have names. */
export const CALENDAR = {
  size: 'xs',
  firstDayOfWeek: 1,
  weekendDays: [] as [],
  hideOutsideDates: true,
  ariaLabels: {
    previousMonth: 'Month before',
    nextMonth: 'Month after',
    previousYear: 'Year before',
    nextYear: 'Year after',
    previousDecade: 'Decade before',
    nextDecade: 'Decade after',
    monthLevelControl: 'Choose a month',
    yearLevelControl: 'Choose a year',
  },
} as const;
