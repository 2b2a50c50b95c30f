import { describe, expect, it } from 'vitest';
import { isPartShown, PAGE_PARTS, pagePartsFromText, type PagePart, type PageShape } from './page-parts';

const shownIn = (shape: PageShape): readonly PagePart[] => PAGE_PARTS.filter((part) => isPartShown(shape, part));

describe('parts of the page', () => {
  it('are read in any order and once each', () => {
    expect(pagePartsFromText('truth,header,truth')).toEqual(['header', 'truth']);
    expect(pagePartsFromText('tools')).toEqual(['tools']);
  });

  it.each(['', 'views', 'tools,', 'Tools', 'tools overview'])('are not read from "%s"', (text) => {
    expect(pagePartsFromText(text)).toBeNull();
  });

  it('keep the tools for both cameras when only the overview is left out', () => {
    expect(shownIn({ isEmbedded: false, hidden: ['overview'] })).toEqual(['header', 'tools', 'you', 'model', 'truth']);
    expect(shownIn({ isEmbedded: false, hidden: ['overview', 'tools'] })).not.toContain('tools');
    expect(shownIn({ isEmbedded: false, hidden: ['tools'] })).toContain('overview');
  });

  it('are views, question and answer inside another page', () => {
    expect(shownIn({ isEmbedded: true, hidden: [] })).toEqual(['you']);
  });
});
