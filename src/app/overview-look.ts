/** The overview's colours, the same as the style sheet's. */
import type { OverviewLook } from '../scene/overview-layer';
import type { ThemeInForce } from './use-theme';

const LOOKS: Readonly<Record<ThemeInForce, OverviewLook>> = {
  light: {
    background: '#ffffff',
    a: '#2563d9',
    b: '#d9690b',
    line: '#d3d0c6',
    ink: '#191b21',
    accent: '#5f41d0',
    lineScale: 1,
  },
  dark: {
    background: '#1b1d23',
    a: '#6c9bff',
    b: '#f08a34',
    line: '#3c404b',
    ink: '#f1f1ee',
    accent: '#ab97ff',
    lineScale: 1,
  },
  projector: {
    background: '#ffffff',
    a: '#0b46bd',
    b: '#a84600',
    line: '#6d7079',
    ink: '#000000',
    accent: '#4322b8',
    lineScale: 2,
  },
};

export const overviewLook = (theme: ThemeInForce): OverviewLook => LOOKS[theme];
