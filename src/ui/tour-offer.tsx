/** Offers the tour to somebody new. */
import { useT } from './i18n/use-t';

export interface TourOfferProps {
  readonly onStart: () => void;
  readonly onDecline: () => void;
}

export function TourOffer({ onStart, onDecline }: TourOfferProps) {
  const t = useT();
  return (
    <div className="row tour-offer">
      <button type="button" className="button" onClick={onStart}>
        {t('tour.offer')}
      </button>
      <button type="button" className="button button--quiet" onClick={onDecline}>
        {t('tour.decline')}
      </button>
    </div>
  );
}
