/** Why not the graphics card: in the page's words, or in the runtime's own where it has none. */
import type { DeviceInfo } from '../inference/engine';
import { deviceWhy } from './device-words';
import { English } from './english';
import { useT } from './i18n/use-t';
import { MessageWith } from './message-with';

export function FallbackWhy({ device }: { readonly device: DeviceInfo }) {
  const t = useT();
  const { words, isForeign } = deviceWhy(t, device);
  return (
    <p className="card__text">
      <MessageWith id="model.fallback">{isForeign ? <English words={words} /> : words}</MessageWith>
    </p>
  );
}
