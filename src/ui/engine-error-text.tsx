/**
 * Why the model could not, in the page's language. Engines speak English and name the file or value: in other languages
 * a translated sentence comes before theirs, which is marked as English.
 */
import type { EngineErrorData } from '../inference/engine';
import { English } from './english';
import { MessageWith } from './message-with';

export const EngineErrorText = ({ error: { code, message } }: { readonly error: EngineErrorData }) => (
  <MessageWith id={`engine.${code}`}>
    <English words={message} />
  </MessageWith>
);
