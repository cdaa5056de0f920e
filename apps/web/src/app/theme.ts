import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const iris: MantineColorsTuple = [
  '#f2f2fd',
  '#e2e2fa',
  '#c6c6f4',
  '#a8a8ee',
  '#8e8de7',
  '#7776df',
  '#6261d2',
  '#5251bf',
  '#4645a8',
  '#393889',
];

// Dimmed text (6) and placeholders (5) keep a contrast of 4.5 on white and on the quiet surfaces.
const gray: MantineColorsTuple = [
  '#f7f7f9',
  '#f0f0f3',
  '#e6e6eb',
  '#d9dae0',
  '#c2c4cd',
  '#6f7380',
  '#5c606d',
  '#484b57',
  '#30323b',
  '#1a1b21',
];

// 0 text, 2 dimmed, 4 borders, 6 raised surfaces, 7 page.
const dark: MantineColorsTuple = [
  '#e4e5ea',
  '#c0c3cc',
  '#9a9ead',
  '#7b7f8e',
  '#353842',
  '#2a2c35',
  '#202229',
  '#17181d',
  '#111216',
  '#0b0c0e',
];

export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: 8,
  colors: { iris, gray, dark },
  white: '#ffffff',
  black: '#1a1b21',
  fontFamily: "'Inter Variable', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '18px' }, h2: { fontSize: '14px' }, h3: { fontSize: '13px' } },
  },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '6px', sm: '10px', md: '16px', lg: '20px', xl: '28px' },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  // Plain defaults: naming the components themselves would load all of them with the first page.
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } },
    Badge: { defaultProps: { variant: 'default', tt: 'none', fw: 500, radius: 'sm' } },
    // An empty stop for the focus is no item of a menu; without it the first item has it.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.35 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } },
    Tooltip: {
      defaultProps: { withArrow: false, openDelay: 250, events: { hover: true, focus: true, touch: true }, fz: 'xs' },
    },
    TextInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    // A list that opened with the focus would hide what is below it and take the first Esc of a dialog.
    Autocomplete: { defaultProps: { openOnFocus: false } },
    Select: { defaultProps: { size: 'xs', allowDeselect: false, checkIconPosition: 'right', openOnFocus: false } },
    MultiSelect: { defaultProps: { size: 'xs', openOnFocus: false } },
    TagsInput: { defaultProps: { size: 'xs', openOnFocus: false } },
    DateInput: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
  },
});

/** Errors wear the colour of bad news, which reads on both schemes. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-error': '#8c1d18' },
  dark: { '--mantine-color-error': '#ff8552' },
});
