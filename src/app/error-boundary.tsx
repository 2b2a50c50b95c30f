/** Catches what nobody else did, says it in words and offers a reload. */
import { Component, type ReactNode } from 'react';
import { Trouble } from '../ui/trouble';
import { speechLast } from '../ui/i18n/languages';
import { translator } from '../ui/i18n/translate';

export interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: Error | null;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    // The store may be what broke.
    const t = translator(speechLast().messages);
    return (
      <main className="page">
        <Trouble
          title={t('error.page.title')}
          what={t('error.page.what')}
          quote={error.message}
          remedy={t('error.page.do')}
          onRemedy={() => window.location.reload()}
        />
      </main>
    );
  }
}
