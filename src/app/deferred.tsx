/** Parts of the page whose code comes when they are first wanted. */
import { Component, Suspense, type ReactNode } from 'react';
import { messageOf } from '../state/error-message';
import { useServices } from './services';

interface CatchProps {
  readonly onFailed: (error: unknown) => void;
  readonly children: ReactNode;
}

/** What fails in it is gone; the rest of the page stays. */
export class Catch extends Component<CatchProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onFailed(error);
  }

  override render(): ReactNode {
    return this.state.hasFailed ? null : this.props.children;
  }
}

export interface DeferredProps {
  /** Closes what will not come. */
  readonly onFailed: () => void;
  readonly children: ReactNode;
}

/** Where the code does not come (offline, an update in between), or fails, the page stays as it is and says so. */
export function Deferred({ onFailed, children }: DeferredProps) {
  const { store } = useServices();
  const failed = (error: unknown): void => {
    store.getState().view.noticeAdd({ kind: 'part', message: messageOf(error) });
    onFailed();
  };
  return (
    <Catch onFailed={failed}>
      <Suspense>{children}</Suspense>
    </Catch>
  );
}
