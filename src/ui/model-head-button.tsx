/** The button at the end of a model's card: its settings, or to send the second model away. */
export interface ModelHeadButtonProps {
  readonly kind: 'settings' | 'leave';
  readonly label: string;
  readonly onPress: () => void;
}

export function ModelHeadButton({ kind, label, onPress }: ModelHeadButtonProps) {
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={onPress}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        {kind === 'leave' ? (
          <path d="M5.5 5.5l9 9m0-9-9 9" />
        ) : (
          <>
            <path d="M3.5 6h7.2m4.3 0h1.5M3.5 14H5m4.3 0h7.2" />
            <circle cx="12.8" cy="6" r="2.1" />
            <circle cx="7.2" cy="14" r="2.1" />
          </>
        )}
      </svg>
    </button>
  );
}
