/** The tour of the page in four steps. It can be left at any step, by its cross, Escape, or a click beside it. */
import type { DriveStep } from 'driver.js';
import type { Translate } from '../ui/i18n/translate';

const STEPS = [
  { id: 'views', element: '[data-view="b"]' },
  { id: 'question', element: '#question' },
  { id: 'answers', element: '.cards' },
  { id: 'explore', element: '.switch' },
] as const;

/** What is shown opens nothing: driver.js marks it as a control of its popover, which a part of the page is not. */
function plainMake(element?: Element): void {
  for (const name of ['aria-haspopup', 'aria-expanded', 'aria-controls']) element?.removeAttribute(name);
}

/** Back to where the keyboard was; what offered the tour may be gone. driver.js itself gives it to a button of its own that is. */
function focusGive(before: Element | null): void {
  const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
  (isThere ? before : document.querySelector<HTMLElement>('#question'))?.focus();
}

export interface TourOptions {
  readonly isMotionReduced: boolean;
  /** Number keys answer. */
  readonly hasKeys: boolean;
  /** Called once, however the tour ended. */
  readonly onEnd: () => void;
}

export async function tourStart(t: Translate, { isMotionReduced, hasKeys, onEnd }: TourOptions): Promise<void> {
  const focused = document.activeElement;
  const [{ driver }] = await Promise.all([import('driver.js'), import('driver.js/dist/driver.css')]);
  // An embedded page may leave parts out.
  const shown = STEPS.filter(({ element }) => document.querySelector(element) !== null);
  const steps = shown.map<DriveStep>(({ id, element }) => ({
    element,
    popover: {
      title: t(`tour.${id}`),
      description: t(id === 'question' && !hasKeys ? 'tour.question.noKeys' : `tour.${id}.text`),
    },
  }));
  driver({
    steps,
    animate: !isMotionReduced,
    smoothScroll: !isMotionReduced,
    disableActiveInteraction: true,
    showProgress: true,
    progressText: '{{current}} / {{total}}',
    nextBtnText: t('tour.next'),
    prevBtnText: t('tour.back'),
    doneBtnText: t('tour.done'),
    popoverClass: 'tour',
    stageRadius: 14,
    onPopoverRender: ({ closeButton }) => closeButton.setAttribute('aria-label', t('tour.leave')),
    onHighlighted: plainMake,
    onDestroyed: () => {
      onEnd();
      setTimeout(() => focusGive(focused));
    },
  }).drive();
}
