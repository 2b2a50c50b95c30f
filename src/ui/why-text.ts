/** The sentences of a movement's why. Sides of the object are named only where its front is marked. */
import type { ObjectSide, WhyFact } from '../questions/movement-why';
import type { Translate } from './i18n/translate';

const isNamed = (side: ObjectSide, hasFront: boolean): boolean => hasFront || side === 'top' || side === 'bottom';

export const whyText = (t: Translate, facts: readonly WhyFact[], hasFront: boolean): readonly string[] =>
  facts.flatMap((fact) => {
    switch (fact.kind) {
      case 'parallax':
      case 'strafe':
      case 'turn':
        return [
          t(`why.${fact.kind}`, {
            slid: t(`frame.${fact.slid}`),
            moved: t(`frame.${fact.moved}`),
            far: t(`frame.${fact.moved}`),
          }),
        ];
      case 'seen':
      case 'hidden':
        return isNamed(fact.side, hasFront) ? [t(`why.${fact.kind}`, { side: t(`side.${fact.side}`) })] : [];
      default:
        return [t(`why.${fact.kind}`)];
    }
  });
