/** Explore's tools for both cameras at once, wired. */
import { PairTools } from '../ui/pair-tools';
import { useAppState } from './services';
import { usePairTools } from './use-pair-tools';

export function CameraTools() {
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
    />
  );
}
