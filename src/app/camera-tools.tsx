/** Explore's tools for both cameras at once, wired. */
import { PairTools } from '../ui/pair-tools';
import { RandomPair } from '../ui/random-pair';
import { drawLevel, exploreDraw, exploreDrawAny } from './explore-draw';
import { useAppState, useServices } from './services';
import { usePairTools } from './use-pair-tools';

export function CameraTools() {
  const services = useServices();
  const seed = useAppState(({ view }) => view.drawn.seed);
  const level = useAppState(drawLevel);
  const history = useAppState(({ view }) => view.history);
  const tools = usePairTools();
  return (
    <PairTools
      canUndo={history.past.length > 0}
      canRedo={history.future.length > 0}
      onUndo={tools.undo}
      onRedo={tools.redo}
      onReset={tools.reset}
      onCopyAB={tools.copyAB}
      onCopyBA={tools.copyBA}
      onSwap={tools.swap}
    >
      <RandomPair
        seed={seed}
        level={level}
        onLevel={(chosen) => services.store.getState().view.drawnSet({ level: chosen })}
        onDeal={(chosen) => exploreDraw(services, chosen, level)}
        onDraw={() => exploreDrawAny(services)}
      />
    </PairTools>
  );
}
