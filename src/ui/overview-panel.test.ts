import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { en } from './i18n/en';
import { OverviewPanel } from './overview-panel';

const html = renderToStaticMarkup(
  createElement(OverviewPanel, {
    canvasRef: null,
    deltaAzimuthDeg: 43,
    stayed: false,
    turnRightDeg: 0,
    isFromAbove: false,
    onAbove: () => undefined,
    onReplay: () => undefined,
    onTurn: () => undefined,
  }),
);

describe('the overview', () => {
  it('can be focused, has a name and a hint about its keys', () => {
    const surface = /<div class="overview__picture"[^>]*>/.exec(html)?.[0];
    expect(surface).toContain('role="application" tabindex="0"');
    expect(surface).toContain(`aria-label="${en['overview.turn']}"`);
    expect(surface).toContain('aria-describedby="overview-keys"');
    expect(html).toMatch(new RegExp(`<p id="overview-keys"[^>]*>${en['overview.keys']}</p>`));
  });

  it('says in words what its picture shows', () => {
    expect(html).toMatch(/<canvas role="img" aria-label="Overview: [^"]*: 43° to the right\."/);
  });
});
